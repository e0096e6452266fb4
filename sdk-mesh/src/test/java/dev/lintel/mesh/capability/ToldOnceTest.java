package dev.lintel.mesh.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dialect that stands on Istio's refuses a thing in its own words, and not in those of Istio's dialect again. */
class ToldOnceTest {
    private static final String HEAD = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
            """;
    private static final GatewayApiDialect ISTIO = GatewayApiDialect.gatewayApi();

    private static List<Problem> problems(Dialect dialect, String policies) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(HEAD + policies, "api.yaml"), dialect.world());
        assertThat(compiled.problems()).isEmpty();
        return dialect.write(compiled.model()).problems();
    }

    @Test
    void aRateLimitIsOneProblemWithItsNumbers() {
        String limit = """
                  - kind: traffic.rate-limit/v1
                    requests: 1000
                    per: 1s
                    by: all
                """;

        assertThat(problems(ISTIO, limit)).extracting(Problem::render).containsExactly("""
                        gateway-api.not-supported orders.shop: Gateway API with Istio has no words for this: at most 1000 \
                        requests in 1s for all together (traffic.rate-limit/v1)
                              expose the API by an embedded gateway
                              at api.yaml:5""");
    }

    @Test
    void partsOfOnePolicyWithOneWayOutAreOneProblem() {
        String asked = """
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                    audiences:
                      - orders
                    rules:
                      - endpoint: /orders/**
                        scopes:
                          - orders.read
                """;

        assertThat(problems(ISTIO.extension(Extension.NONE), asked))
                .extracting(Problem::message)
                .containsExactly("Gateway API has no words for this: a token is needed, checked against its issuer and"
                        + " audience (auth.oauth2/v1)");
    }

    @Test
    void partsOfOnePolicyWithOtherWaysOutAreToldApart() {
        String elsewhere = """
                  - kind: traffic.served-by/v1
                    place: external
                    address: https://api.psp.example
                    header:
                      name: authorization
                      value:
                        namespace: shop
                        name: psp
                        key: secret
                """;

        assertThat(problems(ISTIO.extension(Extension.NONE), elsewhere))
                .extracting(Problem::hint)
                .containsExactly(
                        "name an extension, Istio or Envoy Gateway: the standard knows services of the cluster only",
                        "expose the API by an embedded gateway");
    }

    @Test
    void whatAnApiRuleCannotSayAtAllIsNotRefusedByIstioAsWell() {
        String split = """
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: 90
                      - version: v2
                        weight: 10
                    sticky:
                      header: x-user
                """;

        assertThat(problems(KymaDialect.kyma().onlyApiRules(), split))
                .extracting(Problem::code)
                .containsExactly("kyma.split");
        assertThat(problems(KymaDialect.kyma(), split))
                .as("where Istio's own objects would stand in")
                .extracting(Problem::code)
                .containsExactly("istio.sticky-header");
    }
}
