package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Change;
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

    private static final String SPLIT = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: traffic.split/v1
                shares:
                  - version: v1
                    weight: FIRST
                  - version: v2
                    weight: REST
            """;

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

    /** Who lacks a sidecar lacked it before, and the workloads of a version are those that they were. */
    @Test
    void newsIsToldWhereTheObjectChangesThatAsksForIt() {
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder));
        var unusedApplied = mesh.apply(mesh.plan(read(SPLIT, 90)));

        Plan shares = mesh.plan(read(SPLIT, 50));
        Plan closed = mesh.plan(read(SPLIT + "  - kind: auth.callers/v1\n    workloads: [web.shop]\n", 90));

        assertThat(shares.changes()).anyMatch(Change.Update.class::isInstance);
        assertThat(warned(shares)).isEmpty();
        assertThat(warned(closed)).contains(NEWS + " orders.shop").doesNotContain(SUBSET + " orders.shop");
    }

    private static List<? extends Definition> read(String yaml, int share) {
        return DefinitionFormat.yaml()
                .readAll(yaml.replace("FIRST", "" + share).replace("REST", "" + (100 - share)), "apis.yaml");
    }
}
