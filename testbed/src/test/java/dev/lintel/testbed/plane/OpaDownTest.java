package dev.lintel.testbed.plane;

import static dev.lintel.auth.opa.Opa.opa;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.Gateway;
import dev.lintel.extauthz.AuthorizerBridge;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import dev.lintel.testbed.Proven;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One OPA decides in both worlds, and when it ends nobody is let in, in either. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpaDownTest {
    private static final String APP = "orders";
    private static final Namespace SHOP = new Namespace("shop");
    private static final Authorizer DECIDER = new Authorizer("opa", SHOP.name());
    private static final String OPEN = "/open";
    private static final String SHUT = "/shut";

    @Test
    void nobodyIsLetInWhereItGivesNoAnswer(@TempDir Path folder) throws IOException, InterruptedException {
        Path policy = Files.writeString(folder.resolve("policy.rego"), """
                package envoy.authz

                default allow := false

                allow if input.attributes.request.http.path == "/open"
                """);
        ApiDefinition orders = Api.expose(APP)
                .inNamespace(SHOP.name())
                .withAuthorizer(DECIDER.asked())
                .define();
        OpaServer server = OpaServer.start(Opa.binary().orElseThrow(), List.of(policy.toString()));
        URI decider = server.uri();
        try (Plane plane = Plane.start(
                        Programs.find().orElseThrow(),
                        PlanePrograms.find().orElseThrow(),
                        Plane.MESH + DECIDER.mesh());
                AuthorizerBridge bridge = AuthorizerBridge.start(
                        b -> b.opa(decider).address(address(plane)).port(0));
                Gateway gateway = Gateway.start()) {
            try (server) {
                var unusedGateway = plane.gateway(Workload.ingressGateway());
                Running running = plane.add(Workload.of(SHOP.name(), APP, "v1"));
                plane.service(SHOP, APP);
                DECIDER.serve(plane, bridge.port());
                apply(plane, orders);
                gateway.workload(APP + ".shop", URI.create("http://" + running.address() + ":" + Workload.PORT));
                gateway.apply(gateway.plan(Api.expose(APP)
                        .inNamespace(SHOP.name())
                        .withOpa(opa(decider.toString()))
                        .define()));

                plane.await("the decision of OPA", () -> mesh(plane, OPEN) == 200 && mesh(plane, SHUT) == 403);
                assertThat(embedded(gateway, OPEN)).isEqualTo(200);
                assertThat(embedded(gateway, SHUT)).isEqualTo(403);
            }
            List<String> paths = List.of(OPEN, SHUT);
            for (String path : paths) {
                assertThat(mesh(plane, path)).as(path).isEqualTo(403);
                assertThat(embedded(gateway, path)).as(path).isEqualTo(403);
            }
            Proven.say(OpaDownTest.class, "auth.ext-authz/v1", Proven.Where.BOTH, paths.size(), List.of());
        }
    }

    private static InetAddress address(Plane plane) {
        try {
            return InetAddress.getByName(plane.machine());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void apply(Plane plane, ApiDefinition definition) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(istio().domain("example.com"), ClusterTarget.cluster(client));
            mesh.apply(mesh.plan(definition));
        }
    }

    private static int mesh(Plane plane, String path) {
        return plane.outside()
                .send(Call.get(plane.ingress() + ":80", APP + ".shop.example.com", path))
                .status();
    }

    private static int embedded(Gateway gateway, String path) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .proxy(gateway.proxySelector())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + APP + ".shop.localhost" + path))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
