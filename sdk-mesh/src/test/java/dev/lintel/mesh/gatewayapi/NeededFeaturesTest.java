package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect.Written;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan names the features that its objects need, and the APIs whose objects those are; others are no business of it. */
class NeededFeaturesTest {
    private static final GatewayApiDialect ISTIO = GatewayApiDialect.gatewayApi();
    private static final String ORDERS = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
    private static final String CARTS = """
            kind: Api/v1
            service: carts
            namespace: shop
            policies:
              - kind: traffic.version/v1
                name: v2
                service: carts-v2
              - kind: traffic.route/v1
                match:
                  endpoint: GET /beta/**
                  query:
                    beta: "1"
                version: v2
              - kind: traffic.mirror/v1
                version: v2
                percent: 5
              - kind: traffic.timeout/v1
                total: 2s
            """;

    private static Written write(String... definitions) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(
                        DefinitionFormat.yaml().readAll(String.join("---\n", definitions), "apis.yaml"), ISTIO.world());
        assertThat(compiled.problems()).isEmpty();
        Written written = ISTIO.write(compiled.model());
        assertThat(written.problems()).isEmpty();
        return written;
    }

    private static String said(Written written) {
        return written.prerequisites().stream()
                .filter(problem -> problem.code().equals("gateway-api.class"))
                .map(Problem::message)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachFeatureIsNamedWithTheApisThatNeedIt() {
        assertThat(said(write(ORDERS, CARTS)))
                .isEqualTo(
                        "the GatewayClass 'istio' must be there, with Gateway API 1.6 or newer, and support what these"
                                + " objects need: Gateway; HTTPRoute (carts.shop, orders.shop); HTTPRouteMethodMatching,"
                                + " HTTPRouteQueryParamMatching, HTTPRouteRequestMirror, HTTPRouteRequestPercentageMirror,"
                                + " HTTPRouteRequestTimeout (carts.shop)");
        assertThat(said(write(ORDERS)))
                .endsWith("and support what these objects need: Gateway; HTTPRoute (orders.shop)");
    }

    @Test
    void whatIsNeededIsKnownToBeThere() {
        Set<String> needed = NeededFeatures.of(write(ORDERS, CARTS).manifests()).keySet();

        assertThat(needed).hasSizeGreaterThan(5).isSubsetOf(ISTIO.features());
        assertThat(FeatureNames.ALL).containsAll(needed);
    }

    @Test
    void aDeviationIsAboutTheApisThatItTouches() {
        List<String> told = write(ORDERS, CARTS).deviations().stream()
                .filter(one -> one.code().equals("gateway-api.mirror-host")
                        || one.code().equals("gateway-api.retries"))
                .map(one -> one.code() + " " + one.subjects())
                .toList();

        assertThat(told)
                .containsExactly(
                        "gateway-api.mirror-host [carts.shop]", "gateway-api.retries [carts.shop, orders.shop]");
    }
}
