package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paths that the gateway answers 400 before anything is asked, so that the sidecar never has to tell by patterns what
 * it cannot tell.
 *
 * <p>Characters that RFC 3986 does not allow, and path parameters unless allowed. Where an access rule has a template,
 * also {@code *}: Envoy's one-segment template does not match it, and such a path would fall to the wider rule. Where a
 * pattern has an escape, also escapes in lower case, which Envoy leaves as they are.
 *
 * @param parameters whether {@code ;} passes
 * @param stars whether {@code *} passes
 * @param escapes whether any escape passes
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/path/match/uri_template/v3/uri_template_match.proto">Envoy,
 *     URI template</a>
 */
record Hygiene(boolean parameters, boolean stars, boolean escapes) {
    /** What the gateway answers. */
    static final int STATUS = 400;

    private static final String ESCAPE = "^.*%(.?|[^0-9A-F].*|.[^0-9A-F].*)$";

    /** What has to be refused for an API that asks for something. */
    static Hygiene of(ApiModel api) {
        List<PathPattern> asked = api.entry().access().rules().stream()
                .map(rule -> rule.endpoint().path())
                .toList();
        Stream<PathPattern> all = Stream.concat(
                asked.stream(),
                Stream.concat(
                        api.entry().routes().stream()
                                .map(route -> route.match().endpoint().path()),
                        api.entry().rewrites().stream().map(rewrite -> rewrite.from())));
        return new Hygiene(
                api.entry().pathParameters(),
                asked.stream().noneMatch(Forms::hasTemplate),
                all.noneMatch(path -> path.toString().indexOf('%') >= 0));
    }

    /** The expressions that match what is refused. */
    List<String> regexes() {
        List<String> regexes = new ArrayList<>();
        regexes.add("^.*[^-A-Za-z0-9._~%!$&'()+,=:@/" + (stars ? "*" : "") + (parameters ? ";" : "") + "].*$");
        if (!escapes) {
            regexes.add(ESCAPE);
        }
        return regexes;
    }

    /** The route that refuses. */
    Map<String, Object> route() {
        return map(
                "match",
                regexes().stream().map(regex -> map("uri", map("regex", regex))).toList(),
                "directResponse",
                map("status", STATUS));
    }

    /** The inverse of {@link #regexes()}. */
    static Optional<Hygiene> read(List<String> regexes) {
        for (int bits = 0; bits < 8; bits++) {
            Hygiene hygiene = new Hygiene((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            if (hygiene.regexes().equals(regexes)) {
                return Optional.of(hygiene);
            }
        }
        return Optional.empty();
    }
}
