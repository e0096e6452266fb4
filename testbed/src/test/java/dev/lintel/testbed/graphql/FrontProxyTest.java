package dev.lintel.testbed.graphql;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.RealMesh;
import dev.lintel.testbed.plane.Reply;
import dev.lintel.testbed.plane.Running;
import dev.lintel.testbed.plane.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A graph is put into a mesh: what is deployed is what the apiserver has, the proxy runs by it beside a real sidecar, and
 * queries go through the real gateway to services that nobody else may call.
 */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FrontProxyTest {
    private static final String QUERY = "{ pet(id: \"7\") { version target } owner(id: \"a b\") { version target } }";
    private static final String PETS = document("pet", "/pets/{id}");
    private static final String OWNERS = document("owner", "/owners/{id}");

    @TempDir
    Path files;

    private final Plane plane;
    private final Namespace namespace;

    FrontProxyTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void aGraphAnswersThroughTheGatewayAndNobodyGoesAroundIt() throws IOException {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running pets = plane.add(Workload.of(namespace.name(), "pets", "v1"));
                Running owners = plane.add(Workload.of(namespace.name(), "owners", "v2"));
                Running web = plane.add(Workload.of(namespace.name(), "web", "v1"))) {
            plane.service(namespace, "pets");
            plane.service(namespace, "owners");
            apply(
                    Api.graphql("catalog")
                            .from(openApi("pets.yaml", PETS, service("pets")))
                            .inNamespace(namespace.name())
                            .and(openApi("owners.yaml", OWNERS, service("owners")))
                            .withOAuth2(oauth2(issuer.issuer().toString()).audience("catalog"))
                            .field("Query.owner")
                            .scope("owners.read")
                            .define(),
                    closed("pets"),
                    closed("owners"));

            try (Running front =
                    plane.add(Workload.of(namespace.name(), "catalog", "v1"), proxy(), "127.0.0.1:8081/ready")) {
                String reader = issuer.issue("alice", "catalog", "owners.read");
                plane.await("the graph", () -> ask(QUERY, reader).body().contains("\"data\""));

                Reply both = ask(QUERY, reader);
                assertThat(both.status()).isEqualTo(200);
                assertThat(both.text("/data/pet/version")).isEqualTo("v1");
                assertThat(both.text("/data/pet/target")).isEqualTo("/pets/7");
                assertThat(both.text("/data/owner/version")).isEqualTo("v2");
                assertThat(both.text("/data/owner/target")).isEqualTo("/owners/a%20b");

                int seen = owners.seen();
                Reply without = ask("{ owner(id: \"7\") { version } }", issuer.issue("bob", "catalog"));
                assertThat(without.text("/errors/0/extensions/code")).isEqualTo("FORBIDDEN");
                assertThat(owners.seen()).isEqualTo(seen);
                Reply around = ask("{ owner(id: \"../pets/7\") { version } }", reader);
                assertThat(around.body()).contains("\"errors\"");
                assertThat(owners.seen()).isEqualTo(seen);
                // In a mesh a request without a token is forbidden (deviation istio.no-token); one with a bad token is
                // 401.
                assertThat(ask(QUERY, "").status()).isEqualTo(403);
                assertThat(ask(QUERY, "x.y.z").status()).isEqualTo(401);
                assertThat(ask(QUERY, issuer.issue("eve", "another")).status()).isEqualTo(403);

                int called = pets.seen();
                assertThat(inside(web, "pets", "/pets/7")).isEqualTo(403);
                assertThat(inside(web, "catalog", "/graphql?query=%7B__typename%7D"))
                        .isEqualTo(403);
                assertThat(inside(front, "pets", "/pets/7")).isEqualTo(200);
                assertThat(pets.seen()).isEqualTo(called + 1);
            }
        }
    }

    private Definition closed(String service) {
        return Api.expose(service)
                .inNamespace(namespace.name())
                .onlyFrom(callers("catalog"))
                .define();
    }

    private void apply(Definition... definitions) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com").frontImage("registry.example/lintel:1"),
                    ClusterTarget.cluster(client).inventory(namespace.name()));
            var unusedApplied = mesh.apply(mesh.plan(List.of(definitions)));
            Plan again = mesh.plan(List.of(definitions));
            assertThat(again.isEmpty()).as(again.toString()).isTrue();
        }
    }

    /** The program of the image, with the files that a kubelet would put there. */
    private List<String> proxy() throws IOException {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            ConfigMap config = client.configMaps()
                    .inNamespace(namespace.name())
                    .withName("catalog-front")
                    .get();
            for (Map.Entry<String, String> file : config.getData().entrySet()) {
                Files.writeString(files.resolve(file.getKey()), file.getValue());
            }
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lintel.cli.Main",
                "graph",
                "serve",
                "--front",
                files.toString(),
                "--drain",
                "0");
    }

    private Reply ask(String query, String token) {
        String body = "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}";
        Call call = new Call(
                plane.ingress() + ":80",
                "POST",
                "/graphql",
                List.of(
                        List.of("host", "catalog." + namespace + ".example.com"),
                        List.of("content-type", "application/json"),
                        List.of("accept", "application/json"),
                        List.of("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length))),
                body);
        return plane.outside().send(token.isEmpty() ? call : call.with("authorization", "Bearer " + token));
    }

    private int inside(Running from, String service, String target) {
        String host = service + "." + namespace + ".svc.cluster.local";
        return from.caller().send(Call.get(host + ":80", host, target)).status();
    }

    private static String document(String operation, String path) {
        return """
                openapi: 3.0.3
                paths:
                  %s:
                    get:
                      operationId: %s
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      responses:
                        "200":
                          content:
                            application/json:
                              schema: {type: object, properties: {version: {type: string}, target: {type: string}}}
                """.formatted(path, operation);
    }
}
