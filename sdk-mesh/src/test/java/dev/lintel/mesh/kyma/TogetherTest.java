package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of all APIs together is said of those that have an APIRule as well. */
class TogetherTest {
    private static final KymaDialect DIALECT = KymaDialect.kyma().domain("example.com");
    private static final String API = """
            kind: Api/v1
            service: %s
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://%s.example
                    jwksUri: https://%s.example/keys
                audiences:
                  - orders
            """;
    private static final String ORDERS = API.formatted("orders", "id", "id");
    private static final String CARDS = API.formatted("cards", "bank", "bank") + """
              - kind: traffic.served-by/v1
                place: external
                address: https://api.psp.example
            """;
    private static final String EGRESS = """
            kind: Egress/v1
            host: api.psp.example
            namespace: pay
            ports:
              - 443
            """;

    private static MeshModel model(String... yaml) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(String.join("---\n", yaml), "together.yaml"), DIALECT.world())
                .model();
    }

    private static List<Manifest> all(Written written, String kind) {
        return written.manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    @Test
    void nothingLeavesTheNamespaceOfAnApiRuleOnceOneHostIsSaidElsewhere() {
        Written written = DIALECT.write(model(ORDERS, EGRESS));

        assertThat(all(written, "APIRule")).hasSize(1);
        assertThat(all(written, "Sidecar")).extracting(Manifest::namespace).containsExactly("pay", "shop");
        assertThat(all(written, "Sidecar").get(0).spec().toString()).contains("shop/*.shop.svc.cluster.local");
        assertThat(written.prerequisites())
                .filteredOn(one -> one.code().equals("istio.egress-reach"))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("[pay, shop]");
        Read read = DIALECT.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().egress()).extracting(EgressRule::namespace).containsExactly("pay");
        assertThat(Evaluator.of(read.model())
                        .egress("shop", "orders", "api.psp.example", 443)
                        .isAllowed())
                .isFalse();
    }

    @Test
    void withoutASidecarInTheNamespaceOfAnApiRuleItIsToldThatEverythingLeaves() {
        List<Manifest> without = DIALECT.write(model(ORDERS, EGRESS)).manifests().stream()
                .filter(one -> !one.id().equals("Sidecar shop/egress"))
                .toList();

        assertThat(DIALECT.read(without).problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("everything leaves"));
    }

    @Test
    void theGatewayKnowsTheIssuersOfApiRulesWhereItJudgesTokens() {
        Written written = DIALECT.write(model(ORDERS, CARDS));

        assertThat(all(written, "APIRule")).extracting(Manifest::name).containsExactly("orders");
        assertThat(all(written, "RequestAuthentication"))
                .filteredOn(one -> one.namespace().equals("istio-system"))
                .extracting(one -> one.spec().toString())
                .anyMatch(spec -> spec.contains("https://id.example"))
                .anyMatch(spec -> spec.contains("https://bank.example"));
        assertThat(written.prerequisites())
                .filteredOn(one -> one.code().equals("istio.gateway-tokens"))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("[https://bank.example, https://id.example]");
        assertThat(all(written, "AuthorizationPolicy"))
                .filteredOn(one -> one.name().equals("cards.shop.access"))
                .singleElement()
                .extracting(one -> one.spec().toString())
                .asString()
                .as("tokens of the other issuer are refused in front of the service elsewhere")
                .contains("{key=request.auth.claims[iss], values=[*], notValues=[https://bank.example]}");
        Read read = DIALECT.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().apis()).hasSize(2);
    }

    @Test
    void nothingIsWrittenTwice() {
        Written written = DIALECT.write(model(ORDERS, CARDS, EGRESS));

        assertThat(written.manifests()).extracting(Manifest::id).doesNotHaveDuplicates();
        assertThat(written.manifests())
                .filteredOn(one -> one.kind().equals("VirtualService"))
                .extracting(one -> one.spec().get("gateways"))
                .containsOnly(List.of(DIALECT.gateway()));
        assertThat(written.manifests()).noneMatch(one -> one.labels().equals(Map.of()));
    }
}
