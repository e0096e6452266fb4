package dev.lintel.mesh.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.mesh.YamlTrees;
import dev.lintel.testkit.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each node of the trees that are imported is changed once, and nothing is thrown. For APIRules and Spring's routes what
 * comes of the import changes, or something is told, or the node stands below with the reason why it does not matter.
 */
class ImportMutantsTest {
    /** Nodes that say nothing about requests, with the reason. */
    private static final Map<String, String> SILENT = silent();

    @Test
    void everyNodeMattersOrIsKnownNotTo() {
        Set<String> silent = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        int mutants = 0;
        for (Map.Entry<String, String> input :
                Golden.in("import", ".import.txt").inputs(".in.yaml").entrySet()) {
            String name = input.getKey().replace(".in.yaml", "");
            List<Object> documents = documents(input.getValue());
            if (documents.isEmpty()) {
                continue;
            }
            String was = ImportCases.told(name, text(documents));
            boolean looked = (name.startsWith("spring ") || name.startsWith("kyma ")) && was.contains("kind: Api/v1");
            for (ForeignMutants.Mutant mutant : ForeignMutants.of(documents)) {
                mutants++;
                boolean same = ImportCases.told(name, text(mutant.documents())).equals(was);
                String place = mutant.place() + " in " + name;
                if (looked && same && !SILENT.containsKey(place) && !SILENT.containsKey(mutant.place())) {
                    silent.add(place + ": " + mutant.what());
                } else if (looked && same) {
                    used.add(SILENT.containsKey(place) ? place : mutant.place());
                }
            }
        }
        assertThat(silent).isEmpty();
        assertThat(SILENT.keySet()).isEqualTo(used);
        assertThat(mutants).isGreaterThan(3_000);
    }

    private static List<Object> documents(String text) {
        try {
            return new ArrayList<>(YamlTrees.read(text));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** JSON is YAML. */
    private static String text(List<Object> documents) {
        StringBuilder text = new StringBuilder();
        for (Object document : documents) {
            try {
                text.append("---\n")
                        .append(new ObjectMapper().writeValueAsString(document))
                        .append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    private static Map<String, String> silent() {
        Map<String, String> silent = new LinkedHashMap<>();
        silent.put(".spring.cloud.gateway.routes.id", "a route is named in problems alone");
        silent.put("APIRule.metadata.namespace", "the namespace of the import is the same one");
        silent.put("APIRule.spec.gateway", "no Gateway is among the objects, and the host is a full one");
        silent.put(
                ".spring.cloud.gateway.globalcors" + " in spring filters that are not carried over",
                "it is told, whatever its value");
        silent.put(
                ".spring.cloud.gateway.routes.metadata.connect-timeout"
                        + " in spring filters that are not carried over",
                "it is told, whatever its value");
        silent.put(
                ".spring.cloud.gateway.routes.order" + " in spring routes by header and query, the lower order first",
                "the order among the routes stays the same, or is not looked at");
        silent.put(
                ".spring.cloud.gateway.routes.order" + " in spring values of the environment are told",
                "the order among the routes stays the same, or is not looked at");
        silent.put(
                ".spring.cloud.gateway.routes.predicates"
                        + " in spring predicates that narrow each other leave the route out",
                "its route is left out anyway");
        silent.put(
                ".spring.cloud.gateway.routes.predicates"
                        + " in spring routes by header and query, the lower order first",
                "its route is left out anyway");
        silent.put(
                ".spring.cloud.gateway.routes.predicates" + " in spring values of the environment are told",
                "its route is left out anyway");
        silent.put(
                ".spring.cloud.gateway.routes.uri" + " in spring routes by header and query, the lower order first",
                "its route redirects, and calls nothing");
        silent.put(
                ".spring.cloud.gateway.server.webflux.routes.uri"
                        + " in spring routes under the newer name, fully expanded",
                "its route redirects, and calls nothing");
        silent.put(
                ".spring.cloud.gateway.server.webmvc.default-filters"
                        + " in spring routes of the server for servlets as they are listed",
                "it is told, whatever its value");
        silent.put(
                ".spring.cloud.gateway.server.webmvc.routes.order"
                        + " in spring routes of the server for servlets as they are listed",
                "the order among the routes stays the same, or is not looked at");
        silent.put(
                "APIRule.spec.corsPolicy.allowMethods"
                        + " in kyma an external authorizer, cors and other headers are told",
                "CORS is told as a whole");
        silent.put(
                "APIRule.spec.corsPolicy.allowOrigins"
                        + " in kyma an external authorizer, cors and other headers are told",
                "CORS is told as a whole");
        silent.put(
                "APIRule.spec.corsPolicy.allowOrigins.exact"
                        + " in kyma an external authorizer, cors and other headers are told",
                "CORS is told as a whole");
        silent.put(
                "APIRule.spec.rules.accessStrategies.config.scope_strategy"
                        + " in kyma an earlier APIRule that converts",
                "it is told, whatever its value");
        silent.put(
                "APIRule.spec.rules.extAuth.restrictions.authentications.fromHeaders"
                        + " in kyma an external authorizer, cors and other headers are told",
                "an external authorizer is told as a whole");
        silent.put(
                "APIRule.spec.rules.extAuth.restrictions.authentications.fromHeaders.name"
                        + " in kyma an external authorizer, cors and other headers are told",
                "it is told, whatever its value");
        silent.put("APIRule.spec.rules.mutators in kyma an earlier APIRule that converts", "noop says nothing");
        silent.put(
                "APIRule.spec.rules.mutators.config.claims" + " in kyma an earlier APIRule that converts",
                "it is told, whatever its value");
        silent.put(
                "APIRule.spec.rules.mutators.config.headers.x-from" + " in kyma an earlier APIRule that converts",
                "headers of some rules alone are told as a whole");
        silent.put(
                "APIRule.spec.rules.request.cookies"
                        + " in kyma an external authorizer, cors and other headers are told",
                "headers of some rules alone are told as a whole");
        silent.put(
                "APIRule.spec.rules.request.cookies.lang"
                        + " in kyma an external authorizer, cors and other headers are told",
                "headers of some rules alone are told as a whole");
        silent.put(
                "APIRule.spec.rules.request.headers"
                        + " in kyma an external authorizer, cors and other headers are told",
                "headers of some rules alone are told as a whole");
        silent.put(
                "APIRule.spec.rules.request.headers.x-from"
                        + " in kyma an external authorizer, cors and other headers are told",
                "headers of some rules alone are told as a whole");
        return silent;
    }
}
