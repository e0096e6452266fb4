package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change asks of callers and workloads is told where something changes, and what a mesh must be like in every plan. */
class ToldOnceTest {
    private static final String NEWS = "istio.strict-mtls";
    private static final String SUBSET = "istio.subset";
    private static final String STANDING = "istio.gateway-identity";

    @TempDir
    Path folder;

    private static List<ApiDefinition> defined(String... services) {
        StringBuilder yaml = new StringBuilder();
        for (String service : services) {
            yaml.append("""
                    ---
                    kind: Api/v1
                    service: %s
                    namespace: shop
                    policies:
                      - kind: auth.oauth2/v1
                        issuers:
                          - issuer: https://id.example
                        rules:
                          - endpoint: /**
                            scopes: [orders.read]
                      - kind: traffic.split/v1
                        shares:
                          - version: v1
                            weight: 100
                    """.formatted(service));
        }
        return DefinitionFormat.yaml().read(yaml.toString(), "apis.yaml");
    }

    private static List<String> warned(Plan plan) {
        return plan.warnings().stream()
                .filter(one -> List.of(NEWS, SUBSET, STANDING).contains(one.code()))
                .map(ToldOnceTest::told)
                .toList();
    }

    private static String told(Problem problem) {
        return problem.code() + " " + problem.path();
    }

    @Test
    void newsOfAnApiIsNotToldAgainWhereNothingOfItChanges() {
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder));
        Plan first = mesh.plan(defined("orders"));
        assertThat(warned(first))
                .containsExactlyInAnyOrder(NEWS + " orders.shop", SUBSET + " orders.shop", STANDING + " orders.shop");
        var unusedApplied = mesh.apply(first);

        Plan same = mesh.plan(defined("orders"));
        Plan more = mesh.plan(defined("orders", "stock"));

        assertThat(same.isEmpty()).isTrue();
        assertThat(warned(same)).containsExactly(STANDING + " orders.shop");
        assertThat(warned(more))
                .containsExactlyInAnyOrder(
                        STANDING + " orders.shop",
                        NEWS + " stock.shop",
                        SUBSET + " stock.shop",
                        STANDING + " stock.shop");
    }
}
