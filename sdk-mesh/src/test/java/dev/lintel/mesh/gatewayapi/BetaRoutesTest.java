package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways and HTTPRoutes of {@code v1beta1} mean what those of {@code v1} mean. */
class BetaRoutesTest {
    @ParameterizedTest
    @EnumSource(Extension.class)
    void theEarlierVersionIsReadAlike(Extension extension) {
        GatewayApiDialect dialect = GatewayApiWorld.dialect(extension);
        int read = 0;
        for (long seed = 1; seed <= 20; seed++) {
            List<Manifest> written =
                    dialect.write(new AdaptedModels(extension).model(seed)).manifests();
            MeshModel newer = dialect.read(written).model();
            Read beta =
                    dialect.read(written.stream().map(BetaRoutesTest::earlier).toList());

            assertThat(beta.model()).as("seed %d", seed).isEqualTo(newer);
            assertThat(beta.problems())
                    .as("seed %d", seed)
                    .isEqualTo(dialect.read(written).problems());
            read += newer.apis().size();
        }
        assertThat(read).isGreaterThan(10);
    }

    private static Manifest earlier(Manifest manifest) {
        boolean both = manifest.kind().equals(Meta.GATEWAY) || manifest.kind().equals(Meta.HTTP_ROUTE);
        return new Manifest(
                both ? Meta.V1BETA1 : manifest.apiVersion(),
                manifest.kind(),
                manifest.namespace(),
                manifest.name(),
                manifest.labels(),
                manifest.annotations(),
                manifest.spec());
    }
}
