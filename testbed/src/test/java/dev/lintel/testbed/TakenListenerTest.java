package dev.lintel.testbed;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Applied;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.gatewayapi.SharedGateway;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Gateway's listeners are a list that several own: going back gives one that was taken over what its owner had said. */
@RealCluster
class TakenListenerTest {
    private static final String WHY = "the test says so";

    private final Shop shop;

    TakenListenerTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
    }

    @Test
    void itsHostIsTheOneOfItsOwnerAgain() {
        String own = shop.namespace().name();
        try (KubernetesClient client = shop.client()) {
            ClusterTarget target = ClusterTarget.cluster(client).inventory(own).waiting(Waits.none());
            GatewayApiDialect dialect =
                    gatewayApi().domain("example.com").gateway(new SharedGateway(own, "edge", 80, null, null));
            Mesh mesh = Mesh.of(dialect, target);
            List<Definition> apis =
                    List.of(Api.expose("orders").inNamespace(own).define());
            mesh.apply(mesh.plan(apis));
            String gateway = "/apis/gateway.networking.k8s.io/v1/namespaces/" + own + "/gateways/edge";
            shop.api()
                    .send(
                            "PATCH",
                            gateway + "?fieldManager=somebody",
                            "application/json-patch+json",
                            "[{\"op\": \"replace\", \"path\": \"/spec/listeners/0/hostname\", \"value\": \"by.hand\"}]")
                    .expected("PATCH");
            JsonNode byHand = shop.read(gateway).path("spec");
            Mesh taking = Mesh.of(dialect, target.onConflict(Conflicts.TAKE_OVER));

            Applied applied = taking.apply(taking.plan(apis).allowWidening(WHY));
            assertThat(shop.read(gateway).path("spec")).isNotEqualTo(byHand);
            applied.undo().allowWidening(WHY).rollback();

            assertThat(shop.read(gateway).path("spec")).isEqualTo(byHand);
        }
    }
}
