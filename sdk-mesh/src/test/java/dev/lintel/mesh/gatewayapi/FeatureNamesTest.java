package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names that are no feature of Gateway API are told, and those that the dialect asks for are features. */
class FeatureNamesTest {
    private static MeshModel orders(GatewayApiDialect dialect) {
        return new ModelCompiler(Kinds.installed())
                .compile(
                        DefinitionFormat.yaml().read("kind: Api/v1\nservice: orders\nnamespace: shop\n", "a.yaml"),
                        dialect.world())
                .model();
    }

    @Test
    void aNameThatIsNoFeatureIsWarned() {
        GatewayApiDialect dialect = GatewayApiDialect.gatewayApi()
                .supportedFeatures(Set.of("HTTPRoute", "HTTPRouteRetyr", "Teleport", "HTTPRouteCORS"));

        assertThat(dialect.write(orders(dialect)).prerequisites())
                .filteredOn(one -> one.code().equals("gateway-api.unknown-feature"))
                .extracting(Problem::message, Problem::hint)
                .containsExactly(
                        tuple(
                                "'HTTPRouteRetyr' is no feature of Gateway API up to 1.6: it is taken to mean nothing",
                                "did you mean 'HTTPRouteRetry'?"),
                        tuple(
                                "'Teleport' is no feature of Gateway API up to 1.6: it is taken to mean nothing",
                                "copy the names from GatewayClass, status.supportedFeatures"));
    }

    @Test
    void whatIsKnownToBeThereIsAFeature() {
        for (Extension extension : Extension.values()) {
            for (GatewayApiVersion version : GatewayApiVersion.values()) {
                assertThat(FeatureNames.ALL).containsAll(Features.known(extension, version));
            }
        }
    }
}
