package dev.lintel.mesh.imports;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dialect writes is imported as it was defined, without words that nobody said. */
class WrittenAndReadTest {
    private static final String ORDERS = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                    jwksUri: https://id.example/keys
                rules:
                  - endpoint: /**
                    scopes:
                      - orders.read
            """;

    static List<Dialect> dialects() {
        return List.of(istio().domain("example.com"), gatewayApi().domain("example.com"), kyma().domain("example.com"));
    }

    private static List<Manifest> written(Dialect dialect, String stored) {
        List<Definition> definitions = DefinitionFormat.yaml().readAll(stored, "orders.yaml");
        Dialect.Written written = dialect.write(Definitions.model(definitions));
        assertThat(written.problems()).isEmpty();
        return written.manifests();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void nothingIsAdded(Dialect dialect) {
        Imported imported = Import.by(dialect).manifests(written(dialect, ORDERS));

        assertThat(imported.stored()).isEqualTo(ORDERS);
        assertThat(imported.source()).doesNotContain("allowPathParameters").doesNotContain("timeout");
        assertThat(imported.isProven()).isTrue();
    }

    @Test
    void whatIsLeftOutIsNoted() {
        Dialect kyma = kyma().domain("example.com");

        Imported imported = Import.by(kyma).manifests(written(kyma, ORDERS));

        assertThat(imported.notes())
                .extracting(Problem::message)
                .contains("limits how long calls take, as this world does where a definition says nothing of it: this"
                        + " one says nothing either");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aTimeoutThatIsSaidStays(Dialect dialect) {
        String limited = ORDERS + "  - kind: traffic.timeout/v1\n    total: 30s\n";

        Imported imported = Import.by(dialect).manifests(written(dialect, limited));

        assertThat(imported.stored()).isEqualTo(limited);
    }

    @Test
    void whatSomebodyElseWroteKeepsIts() {
        String foreign =
                String.join("---\n", SmallObjects.ISTIO_GATEWAY, SmallObjects.SERVICE, SmallObjects.VIRTUAL_SERVICE);

        assertThat(Import.by(istio().domain("example.com"))
                        .yaml(foreign, "shop")
                        .source())
                .contains("allowPathParameters()");
    }
}
