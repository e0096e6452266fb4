package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what a route answers in place of the service. The gateway answers, and access is asked only at the
 * workload: nobody is asked for anything before such an answer.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect">Istio,
 *     HTTPRedirect</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse">Istio,
 *     HTTPDirectResponse</a>
 */
final class Answers {
    private static final String TYPE = "content-type";

    private Answers() {}

    /** The action of a route; a body is always there, so that nobody takes an answer for a refusal. */
    static Map<String, Object> write(Answer answer) {
        if (answer instanceof Answer.Redirect to) {
            return map(
                    "redirect",
                    map(
                            "uri",
                            to.path(),
                            "authority",
                            to.host(),
                            "port",
                            to.port(),
                            "scheme",
                            to.scheme(),
                            "redirectCode",
                            to.status()));
        }
        Answer.Direct said = (Answer.Direct) answer;
        String type = said.contentType().replace("%", "%%");
        return map(
                "directResponse",
                map("status", said.status(), "body", map("string", said.body())),
                "headers",
                said.body().isEmpty() ? null : map("response", map("set", map(TYPE, type))));
    }

    /** The answer of a route; null if it has none, or refuses. */
    static @Nullable Answer read(Fields http) {
        if (http.has("redirect")) {
            Fields redirect = http.map("redirect");
            Answer.Redirect read = new Answer.Redirect(
                    redirect.number("redirectCode", 301),
                    redirect.text("scheme"),
                    redirect.text("authority"),
                    redirect.has("port") ? redirect.number("port", 0) : null,
                    redirect.text("uri"));
            redirect.end();
            return read;
        }
        Fields response = http.has("directResponse") ? http.copy().map("directResponse") : null;
        if (response == null || !response.has("body")) {
            return null;
        }
        response = http.map("directResponse");
        int status = response.number("status", 0);
        Fields body = response.map("body");
        String text = body.text("string");
        body.end();
        response.end();
        Fields headers = http.map("headers");
        Fields set = headers.map("response");
        Map<String, String> types = set.pairs("set");
        set.end();
        headers.end();
        if (!Set.of(TYPE).containsAll(types.keySet())) {
            headers.problem("sets more than the media type of an answer");
        }
        String type = types.getOrDefault(TYPE, "").replace("%%", "%");
        return new Answer.Direct(status, type, text == null ? "" : text);
    }

    /** The paths at which a route would answer somebody who should be asked first; the first one, null if there is none. */
    static @Nullable PathPattern unasked(ApiModel api, Route answered) {
        if (!api.entry().access().isRestricted()) {
            return null;
        }
        Set<PathPattern> patterns = new LinkedHashSet<>();
        api.entry()
                .access()
                .rules()
                .forEach(rule -> patterns.add(rule.endpoint().path()));
        api.entry().routes().forEach(route -> patterns.add(path(route)));
        for (PathPattern region : Regions.of(patterns)) {
            MethodSet answers = methods(api.entry().routes(), answered, region);
            MethodSet open = AccessPlan.asked(api.entry().access().rules(), region)
                    .getOrDefault(Requirement.PUBLIC, MethodSet.NONE);
            if (!answers.minus(open).isEmpty()) {
                return region;
            }
        }
        return null;
    }

    /** The methods for which a route may be the one that answers in a region. */
    private static MethodSet methods(List<Route> routes, Route answered, PathPattern region) {
        MethodSet left = MethodSet.ALL;
        for (Route route : routes) {
            if (!path(route).covers(region)) {
                continue;
            }
            MethodSet here = left.intersect(MethodSet.of(route.match().endpoint()));
            if (route.equals(answered)) {
                return here;
            }
            left = route.match().isEndpointOnly() ? left.minus(here) : left;
        }
        return MethodSet.NONE;
    }

    private static PathPattern path(Route route) {
        return route.match().endpoint().path();
    }

    /** All routes that answer. */
    static List<Route> of(ApiModel api) {
        List<Route> answered = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            if (route.answer() != null) {
                answered.add(route);
            }
        }
        return answered;
    }

    /** Whether there is a redirect of some sort. */
    static boolean redirects(ApiModel api, Predicate<Answer.Redirect> test) {
        return of(api).stream()
                .anyMatch(route -> route.answer() instanceof Answer.Redirect redirect && test.test(redirect));
    }
}
