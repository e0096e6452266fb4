package dev.lintel.mesh.imports;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever gives objects to the import of another dialect is told which one reads them, and nothing else. */
class WrongDialectTest {
    private static final String API_RULE = """
            apiVersion: gateway.kyma-project.io/v2
            kind: APIRule
            metadata:
              name: orders
            spec:
              hosts: [orders]
              service: {name: orders, port: 8080}
              gateway: kyma-system/kyma-gateway
              rules:
              - {path: /*, methods: [GET], noAuth: true}
            """;
    private static final String SPRING = """
            spring:
              cloud:
                gateway:
                  routes:
                  - {id: orders, uri: "http://orders", predicates: ["Path=/orders/**"]}
            """;

    private static Imported by(Dialect dialect, String... texts) {
        return Import.by(dialect).yaml(String.join("---\n", texts), "shop");
    }

    private static void assertOnly(Imported imported, String told) {
        assertThat(imported.problems().stream().map(WrongDialectTest::words)).containsExactly(told);
        assertThat(imported.isProven()).isFalse();
        assertThat(imported.definitions()).isEmpty();
        assertThat(imported.compared()).isZero();
    }

    private static String words(Problem problem) {
        return problem.code() + " " + problem.path() + ": " + problem.message()
                + problem.origin().after(" at ") + " (" + problem.hint() + ")";
    }

    @Test
    void apiRulesAreReadByKyma() {
        assertOnly(
                by(istio(), SmallObjects.SERVICE, API_RULE),
                "import.other-dialect APIRule shop/orders: is read by another import than that of istio, for which there"
                        + " are no routes; nothing was read at text:10 (use Import.by(KymaDialect.kyma()), which reads this"
                        + " kind)");
    }

    @Test
    void routesOfTheGatewayApiAreReadByIt() {
        String told =
                "import.other-dialect HTTPRoute shop/orders: is read by another import than that of kyma, for which"
                        + " there are no routes; nothing was read at text:1 (use Import.by(GatewayApiDialect.gatewayApi()), which"
                        + " reads this kind)";

        assertOnly(by(kyma(), SmallObjects.HTTP_ROUTE, SmallObjects.SERVICE), told);
        assertOnly(by(istio(), SmallObjects.HTTP_ROUTE, SmallObjects.SERVICE), told.replace("of kyma", "of istio"));
    }

    @Test
    void routesOfIstioAreReadByIt() {
        assertOnly(
                by(gatewayApi(), SmallObjects.SERVICE, SmallObjects.VIRTUAL_SERVICE),
                "import.other-dialect VirtualService shop/orders: is read by another import than that of gateway-api, for"
                        + " which there are no routes; nothing was read at text:10 (use"
                        + " Import.by(IstioDialect.istio()), which reads this kind)");
    }

    @Test
    void aConfigurationOfSpringIsNoObject() {
        assertOnly(
                by(istio(), SPRING),
                "import.other-dialect text: document 1 is a configuration of Spring Cloud Gateway and no object of a"
                        + " cluster, and is left out at text:1 (use springCloudGateway(...) of an import, which reads its"
                        + " routes)");
    }

    @Test
    void objectsAreNoConfigurationOfSpring() {
        assertThatThrownBy(() -> Import.by(istio()).springCloudGateway(API_RULE, "shop"))
                .hasMessageContaining(
                        "but objects of a cluster: APIRule; Import.by(KymaDialect.kyma()) reads them by yaml(...)");
    }

    @Test
    void amongRoutesOfItsOwnOthersAreLeftOut() {
        Imported imported = by(
                istio().domain("example.com"),
                SmallObjects.ISTIO_GATEWAY,
                SmallObjects.SERVICE,
                SmallObjects.VIRTUAL_SERVICE,
                API_RULE);

        assertThat(imported.problems().stream()
                        .filter(problem -> problem.code().equals("import.other-dialect"))
                        .map(Problem::message))
                .isEqualTo(List.of("is read by another import than that of istio, and is left out"));
        assertThat(imported.definitions()).hasSize(1);
        assertThat(imported.isProven()).isFalse();
    }

    @Test
    void kymaReadsTheRoutesOfTheMeshBelow() {
        Imported imported = by(kyma(), SmallObjects.SERVICE, SmallObjects.VIRTUAL_SERVICE);

        assertThat(imported.problems()).isNotEmpty().extracting(Problem::code).doesNotContain("import.other-dialect");
    }
}
