package dev.lintel.testbed.plane;

import static dev.lintel.auth.opa.ExtAuthz.extAuthz;
import static dev.lintel.auth.opa.Opa.opa;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.embedded.Gateway;
import dev.lintel.extauthz.AuthorizerBridge;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
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
                .withAuthorizer(extAuthz("grpc://opa.shop:9191"))
                .define();
        OpaServer server = OpaServer.start(Opa.binary().orElseThrow(), List.of(policy.toString()));
        URI decider = server.uri();
        try (Plane plane = Plane.start(
                        Programs.find().orElseThrow(),
                        PlanePrograms.find().orElseThrow(),
                        Plane.MESH + provider(orders));
                AuthorizerBridge bridge = AuthorizerBridge.start(
                        b -> b.opa(decider).address(address(plane)).port(0));
                Gateway gateway = Gateway.start()) {
            try (server) {
                var unusedGateway = plane.gateway(Workload.ingressGateway());
                Running running = plane.add(Workload.of(SHOP.name(), APP, "v1"));
                plane.service(SHOP, APP);
                authorizer(plane, bridge.port());
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
            for (String path : List.of(OPEN, SHUT)) {
                assertThat(mesh(plane, path)).as(path).isEqualTo(403);
                assertThat(embedded(gateway, path)).as(path).isEqualTo(403);
            }
        }
    }

    /** What the plan says that the mesh must know. */
    private static String provider(ApiDefinition definition) {
        var model = new ModelCompiler(Kinds.installed())
                .compile(List.of(definition), istio().domain("example.com").world())
                .model();
        String hint = istio().domain("example.com").write(model).prerequisites().stream()
                .filter(each -> each.code().equals("istio.extension-provider"))
                .findFirst()
                .orElseThrow()
                .hint();
        return hint.substring(hint.indexOf("extensionProviders:")).replaceAll("(?m)^  ", "");
    }

    private static InetAddress address(Plane plane) {
        try {
            return InetAddress.getByName(plane.machine());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void authorizer(Plane plane, int port) {
        plane.cluster().client().apply("/api/v1/namespaces/shop/services/opa", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "opa"}, "spec": {
                 "ports": [{"name": "grpc", "port": 9191, "targetPort": %d}]}}
                """.formatted(port));
        plane.cluster().client().apply("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/opa", """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "opa",
                 "labels": {"kubernetes.io/service-name": "opa"}}, "addressType": "IPv4",
                 "ports": [{"name": "grpc", "port": %d, "protocol": "TCP"}],
                 "endpoints": [{"addresses": ["%s"], "conditions": {"ready": true}}]}
                """.formatted(
                        port, plane.machine()));
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
