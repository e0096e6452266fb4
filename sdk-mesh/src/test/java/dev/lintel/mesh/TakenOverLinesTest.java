package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines of a change go from what is in force to what is to be, also where a hand has made our fields its own. */
class TakenOverLinesTest {
    private static final Definition ORDERS =
            DefinitionFormat.yaml().readAll("""
                    kind: Api/v1
                    service: orders
                    namespace: shop
                    policies:
                      - kind: auth.oauth2/v1
                        issuers:
                          - issuer: https://id.example
                        rules:
                          - endpoint: /orders/**
                            scopes: [orders.read]
                    """, "orders.yaml").get(0);

    private static final Dialect DIALECT = istio().domain("example.com");

    private static List<Manifest> wanted() {
        Mesh mesh = Mesh.of(DIALECT, new SaidAndLive(List.of(), List.of()));
        return mesh.manifests(mesh.plan(ORDERS));
    }

    private static List<Manifest> policy(List<Manifest> all, Map<String, Object> more, boolean without) {
        return all.stream()
                .map(one -> {
                    if (!one.kind().equals("AuthorizationPolicy")) {
                        return one;
                    }
                    Map<String, Object> spec = Trees.copy(one.spec());
                    spec.putAll(more);
                    if (without) {
                        spec.remove("rules");
                    }
                    return one.withSpec(spec);
                })
                .toList();
    }

    private static String lines(List<Manifest> said, List<Manifest> live) {
        return Mesh.of(DIALECT, new SaidAndLive(said, live)).plan(ORDERS).changes().stream()
                .filter(Change.Update.class::isInstance)
                .map(one -> ((Change.Update) one).diff())
                .reduce("", String::concat);
    }

    @Test
    void whatAHandHasAddedIsTakenOutAndTheRestOfTheFieldStays() {
        List<Manifest> wanted = wanted();
        Object rules = wanted.stream()
                .filter(one -> one.kind().equals("AuthorizationPolicy"))
                .findFirst()
                .orElseThrow()
                .spec()
                .get("rules");
        List<Object> more = new ArrayList<>((List<?>) rules);
        more.add(Map.of("to", List.of(Map.of("operation", Map.of("paths", List.of("/debug"))))));

        String lines = lines(
                policy(wanted, Map.of(), true), policy(wanted, Map.of("rules", more, "provider", Map.of()), false));

        assertThat(lines.lines().filter(line -> line.startsWith("+"))).as(lines).isEmpty();
        assertThat(lines.lines().filter(line -> line.startsWith("-")))
                .as(lines)
                .isNotEmpty()
                .anyMatch(line -> line.contains("/debug"))
                .noneMatch(line -> line.contains("provider") || line.contains("scope"));
    }

    @Test
    void whatOthersSayJustAsWeDoIsOnlyOursAgain() {
        List<Manifest> wanted = wanted();

        String lines = lines(policy(wanted, Map.of(), true), wanted);

        assertThat(lines).contains("+  rules:");
    }
}
