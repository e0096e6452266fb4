package dev.lintel.mesh.imports;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import org.junit.jupiter.api.Test;

/** An import that finds nothing proves nothing, and says what is missing. */
class ImportNothingTest {
    @Test
    void aServiceAloneIsExposedByNobody() {
        Imported imported = Import.by(istio().domain("example.com")).yaml(SmallObjects.SERVICE, "shop");

        assertThat(imported.isProven()).isFalse();
        assertThat(imported.problems()).extracting(Problem::code).containsExactly("import.nothing");
    }

    @Test
    void aRouteWithoutItsGatewayIsTold() {
        Imported imported = Import.by(gatewayApi().domain("example.com")).yaml(SmallObjects.HTTP_ROUTE, "shop");

        assertThat(imported.isProven()).isFalse();
        assertThat(imported.problems())
                .extracting(problem -> problem.path() + ": " + problem.message())
                .contains("HTTPRoute shop/orders: spec: gateway 'infra/public' is not among the objects; it is taken to"
                        + " serve every host");
    }

    @Test
    void aRouteWithItsGatewayIsProven() {
        Imported imported = Import.by(gatewayApi().domain("example.com"))
                .yaml(SmallObjects.HTTP_ROUTE + "---\n" + SmallObjects.GATEWAY, "shop");

        assertThat(imported.problems()).isEmpty();
        assertThat(imported.isProven()).isTrue();
        assertThat(imported.definitions()).hasSize(1);
    }
}
