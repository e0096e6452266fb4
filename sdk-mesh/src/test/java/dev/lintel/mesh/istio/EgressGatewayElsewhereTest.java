package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Egress gateways in dialects that stand on Istio's objects: the same objects, read back to the same rules. */
class EgressGatewayElsewhereTest {
    private static final MeshModel MODEL = new MeshModel(
            List.of(new Sketch().withoutSplit().withoutVersions().api()),
            List.of(new EgressRule(
                    "shop",
                    "api.psp.example",
                    List.of(80, 443),
                    List.of(),
                    true,
                    EgressGateway.STANDARD,
                    Sketch.LINE)));

    private static void isTheSame(Dialect dialect) {
        Written written = dialect.write(MODEL);
        assertThat(written.problems()).isEmpty();
        assertThat(written.manifests())
                .extracting(Manifest::id)
                .contains(
                        "Gateway istio-system/egress-api-psp-example",
                        "VirtualService istio-system/egress-api.psp.example",
                        "NetworkPolicy shop/lintel.egress");
        Read read = dialect.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().egress()).isEqualTo(MODEL.egress());
    }

    @Test
    void kymaWritesAndReadsIstiosObjects() {
        isTheSame(KymaDialect.kyma().domain("example.com"));
    }

    @Test
    void gatewayApiWritesAndReadsIstiosObjects() {
        isTheSame(GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.ISTIO));
    }

    @Test
    void gatewayApiAloneRefusesThem() {
        assertThat(GatewayApiDialect.gatewayApi()
                        .extension(Extension.ENVOY_GATEWAY)
                        .write(MODEL)
                        .problems())
                .filteredOn(problem -> problem.path().equals("api.psp.example from shop"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("what may leave, by host and application (Egress/v1)");
                    assertThat(problem.hint()).contains("use Istio's own dialect");
                    assertThat(problem.origin()).isEqualTo(Sketch.LINE);
                });
    }
}
