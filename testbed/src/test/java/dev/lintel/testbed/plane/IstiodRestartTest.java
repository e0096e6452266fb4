package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Cluster;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Istiod ends in the middle of an apply, right after what closes, and nothing leads before it is back and proxies have that. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IstiodRestartTest {
    private static final String APP = "orders";

    private final List<String> told = new ArrayList<>();
    private boolean crashed;
    private boolean back;

    @Test
    void anApplyWaitsForIstiodAndForWhatProxiesHaveFromIt() {
        try (Plane plane = Plane.start(
                        Programs.find().orElseThrow(), PlanePrograms.find().orElseThrow(), Plane.MESH);
                AuthorizationServer issuer = AuthorizationServer.start()) {
            var unusedGateway = plane.gateway(Workload.ingressGateway());
            Namespace namespace = new Namespace(plane.cluster().namespace());
            var unusedFirst = plane.add(Workload.of(namespace.name(), APP, "v1"));
            var unusedSecond = plane.add(Workload.of(namespace.name(), APP, "v2"));
            plane.service(namespace, APP);
            OAuth2 access = oauth2(issuer.issuer().toString()).audience(APP);
            Call without = Call.get(plane.ingress() + ":80", APP + "." + namespace + ".example.com", "/orders/7");
            Call read = without.with("authorization", "Bearer " + issuer.issue("alice", APP, "orders.read"));
            Call write = without.with("authorization", "Bearer " + issuer.issue("alice", APP, "orders.write"));
            apply(plane, namespace, api(namespace, access.scope("/orders/**", "orders.read"), 100), line -> {});
            plane.await("the definition", () -> status(plane, read) == 200 && status(plane, without) == 403);

            Prober refused = new Prober(plane.outside(), without);
            try (refused) {
                apply(
                        plane,
                        namespace,
                        api(namespace, access.scope("/orders/**", "orders.write"), 0),
                        line -> tell(plane.cluster(), line));
                assertThat(status(plane, read)).isEqualTo(403);
                Reply reply = plane.outside().send(write);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text("/version")).isEqualTo("v2");
            }

            assertThat(back).isTrue();
            assertThat(refused.seen()).containsOnlyKeys(403);
            assertThat(told.indexOf(line("waiting for istiod: cannot be asked")))
                    .isBetween(0, told.indexOf(line("before lead")));
        }
    }

    private String line(String part) {
        return told.stream().filter(each -> each.contains(part)).findFirst().orElseThrow();
    }

    private static ApiDefinition api(Namespace namespace, OAuth2 access, int first) {
        return Api.expose(APP)
                .inNamespace(namespace.name())
                .withOAuth2(access)
                .split("v1", first, "v2", 100 - first)
                .define();
    }

    private static int status(Plane plane, Call call) {
        return plane.outside().send(call).status();
    }

    private void apply(Plane plane, Namespace namespace, ApiDefinition definition, Consumer<String> progress) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(client)
                            .inventory(namespace.name())
                            .waiting(Waits.usual().asking(plane.cluster().monitoring()))
                            .onProgress(progress));
            mesh.apply(mesh.plan(definition).allowWidening("the test says so"));
        }
    }

    /** It ends when the policy that both sides let through is written, and comes back when somebody waits for it. */
    private void tell(Cluster cluster, String line) {
        told.add(line);
        if (!crashed && line.contains("AuthorizationPolicy")) {
            crashed = true;
            cluster.crash("istiod");
        } else if (crashed && !back && line.contains("cannot be asked")) {
            cluster.startIstiod();
            back = true;
        }
    }
}
