package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A definition is put into a mesh of real Envoys, and answers as it says. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlaneTest {
    private static final int REQUESTS = 300;

    private final Plane plane;
    private final Namespace namespace;

    PlaneTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void aTokenIsAskedForAndTrafficIsSplit() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running one = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                Running two = plane.add(Workload.of(namespace.name(), "orders", "v2"))) {
            plane.service(namespace, "orders");
            apply(Api.expose("orders")
                    .inNamespace(namespace.name())
                    .withOAuth2(oauth2(issuer.issuer().toString())
                            .audience("orders")
                            .scope("/orders/**", "orders.read"))
                    .split("v1", 90, "v2", 10)
                    .define());
            Call without = Call.get(plane.ingress() + ":80", "orders." + namespace + ".example.com", "/orders/7");
            Call with = without.with("authorization", "Bearer " + issuer.issue("alice", "orders", "orders.read"));
            plane.await("the definition at the proxies", () -> status(with) == 200 && status(without) == 403);

            assertThat(status(without.with("authorization", "Bearer x.y.z"))).isEqualTo(401);
            assertThat(status(without.with("authorization", "Bearer " + issuer.issue("alice", "orders", "other"))))
                    .isEqualTo(403);
            Map<String, Integer> versions = new TreeMap<>();
            for (int i = 0; i < REQUESTS; i++) {
                Reply reply = plane.outside().send(with);
                assertThat(reply.status()).isEqualTo(200);
                versions.merge(reply.text("/version"), 1, Integer::sum);
            }
            assertThat(versions)
                    .containsOnlyKeys(one.workload().version(), two.workload().version());
            // Five standard deviations: 300 draws of one in ten.
            assertThat(versions.get("v2")).isBetween(4, 56);
        }
    }

    @Test
    void whoHasNoSidecarIsRefusedWhereMutualTlsIsStrict() {
        try (Running bare =
                        plane.add(Workload.of(namespace.name(), "legacy", "v1").bare());
                Running inside = plane.add(Workload.of(namespace.name(), "orders", "v1"))) {
            assertThat(bare.caller()
                            .send(Call.get(inside.address() + ":8080", "orders", "/"))
                            .status())
                    .isEqualTo(200);
            plane.strict(namespace);
            plane.await(
                    "strict mutual TLS",
                    () -> bare.caller()
                                    .send(Call.get(inside.address() + ":8080", "orders", "/"))
                                    .status()
                            == 0);
        }
    }

    private int status(Call call) {
        return plane.outside().send(call).status();
    }

    private void apply(ApiDefinition definition) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
            var unusedApplied = mesh.apply(mesh.plan(definition));
        }
    }
}
