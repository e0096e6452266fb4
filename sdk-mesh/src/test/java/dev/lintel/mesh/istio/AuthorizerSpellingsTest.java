package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whoever gets a request has his authorizer asked and no other, however its path and its port are spelled: routes and policies
 * are compared as texts, without the reader and without the words of the model.
 */
class AuthorizerSpellingsTest {
    private static final IstioDialect DIALECT =
            IstioDialect.istio().domain("example.com").version(IstioVersion.V1_30);
    private static final int MODELS = 600;

    @Test
    void theAuthorizerOfTheOneWhoGetsARequestIsAskedAndNoOther() {
        int shared = 0;
        int asked = 0;
        int left = 0;
        for (long seed = 1; seed <= MODELS; seed++) {
            MeshModel model = RandomAuthorizers.of(seed).plainly().model(new RandomModels(seed).model());
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                continue;
            }
            for (Manifest routes : written.manifests()) {
                boolean guests = routes.kind().equals(Meta.VIRTUAL_SERVICE)
                        && !routes.labels().containsKey(Manifest.API)
                        && !List.of("mesh").equals(routes.spec().get("gateways"));
                if (!guests) {
                    continue;
                }
                shared++;
                for (String path : spellings(written.manifests())) {
                    String owner = owner(routes, path);
                    for (String host : texts(routes.spec().get("hosts"))) {
                        for (String port : List.of("", ":80", ":", ":x")) {
                            Set<String> expected = owner == null ? null : authorizer(model, routes.namespace(), owner);
                            Set<String> found = asked(written.manifests(), host + port, path);
                            if (expected != null) {
                                assertThat(found)
                                        .as("seed %d: %s%s%s of %s", seed, host, port, path, owner)
                                        .isEqualTo(expected);
                                asked += found.size();
                                left += found.isEmpty() ? 1 : 0;
                            }
                        }
                    }
                }
            }
        }
        assertThat(shared).isGreaterThan(20);
        assertThat(asked).isGreaterThan(1000);
        assertThat(left).isGreaterThan(1000);
    }

    /** All paths that are said, and what somebody may write for them. */
    private static Set<String> spellings(List<Manifest> manifests) {
        Set<String> said = new TreeSet<>(List.of("/", "/nothing"));
        for (Manifest manifest : manifests) {
            for (Map<?, ?> route : maps(manifest.spec().get("http"))) {
                for (Map<?, ?> match : maps(route.get("match"))) {
                    if (match.get("uri") instanceof Map<?, ?> uri && !uri.containsKey("regex")) {
                        uri.values().forEach(path -> said.add(String.valueOf(path)));
                    }
                }
            }
        }
        Set<String> paths = new LinkedHashSet<>();
        for (String path : said) {
            String node = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            for (String end : List.of(
                    "", "/", "//", "/x", "/x/", "//x", ";", ";a=1", "/;", ";/x", "x", ".", "/.", "%2F", "%2fx", "%",
                    "*")) {
                paths.add(node.isEmpty() && !end.startsWith("/") ? "/" + end : node + end);
            }
            paths.add("/" + path);
            paths.add(path.replace("/", "//"));
            paths.add(path.toUpperCase(Locale.ROOT));
        }
        return paths;
    }

    /** Who has the first route that takes a path; null if no route of anybody does, or it depends on more than the path. */
    private static @Nullable String owner(Manifest routes, String path) {
        for (Map<?, ?> route : maps(routes.spec().get("http"))) {
            Object name = route.get("name");
            List<Map<?, ?>> matches = maps(route.get("match"));
            boolean takes = matches.isEmpty() || matches.stream().anyMatch(match -> takes(match, path));
            if (takes) {
                return name == null ? null : String.valueOf(name);
            }
        }
        return null;
    }

    private static boolean takes(Map<?, ?> match, String path) {
        return !(match.get("uri") instanceof Map<?, ?> uri)
                || path.equals(uri.get("exact"))
                || uri.get("prefix") != null && path.startsWith(String.valueOf(uri.get("prefix")))
                || uri.get("regex") != null && path.matches(String.valueOf(uri.get("regex")));
    }

    private static Set<String> authorizer(MeshModel model, String namespace, String name) {
        for (ApiModel api : model.apis()) {
            AuthorizerRule rule = api.entry().authorizer();
            if (api.name().equals(name) && api.namespace().equals(namespace)) {
                return rule == null ? Set.of() : Set.of(Providers.name(rule));
            }
        }
        throw new AssertionError(name);
    }

    private static Set<String> asked(List<Manifest> manifests, String host, String path) {
        Set<String> asked = new TreeSet<>();
        for (Manifest policy : manifests) {
            if (!"CUSTOM".equals(policy.spec().get("action"))) {
                continue;
            }
            for (Map<?, ?> rule : maps(policy.spec().get("rules"))) {
                for (Map<?, ?> to : maps(rule.get("to"))) {
                    Map<?, ?> operation = (Map<?, ?>) Objects.requireNonNull(to.get("operation"));
                    List<String> paths = texts(operation.get("paths"));
                    boolean here = fits(texts(operation.get("hosts")), host)
                            && (paths.isEmpty() || fits(paths, path))
                            && !fits(texts(operation.get("notPaths")), path);
                    if (here) {
                        asked.add(String.valueOf(((Map<?, ?>)
                                        Objects.requireNonNull(policy.spec().get("provider")))
                                .get("name")));
                    }
                }
            }
        }
        return asked;
    }

    private static boolean fits(List<String> forms, String text) {
        return forms.stream()
                .anyMatch(form ->
                        form.endsWith("*") ? text.startsWith(form.substring(0, form.length() - 1)) : text.equals(form));
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> all) {
            all.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        if (list instanceof List<?> all) {
            all.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
