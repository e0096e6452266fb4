package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.kubernetes.preflight.Preflight.preflight;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.TrustedIssuer;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Proven;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The issuer does not answer when an API is applied: the plan says so, and what its tokens open stays closed. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IssuerDownTest {
    private static final String APP = "orders";

    private final Plane plane;
    private final Namespace namespace;

    IssuerDownTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void thePlanTellsAndTokensAreRefusedWhileTheRestIsInForce() {
        String issuer;
        String token;
        try (AuthorizationServer server = AuthorizationServer.start()) {
            issuer = server.issuer().toString();
            token = server.issue("alice", APP, "orders.read");
        }
        ApiDefinition orders = Api.expose(APP)
                .inNamespace(namespace.name())
                .withOAuth2(oauth2(issuer)
                        .audience(APP)
                        .scope("/orders/**", "orders.read")
                        .publicPaths("/health"))
                .define();
        try (Running running = plane.add(Workload.of(namespace.name(), APP, "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, running.workload().account());
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(client)
                            .inventory(namespace.name())
                            .preflight(preflight().fetching(IssuerDownTest::get)));
            Plan plan = mesh.plan(orders);
            assertThat(plan.problems()).isEmpty();
            assertThat(plan.warnings())
                    .filteredOn(each -> each.code().equals("preflight.issuer"))
                    .extracting(Problem::message)
                    .singleElement()
                    .asString()
                    .startsWith("the keys of '" + issuer + "' cannot be got from here, at " + issuer);
            mesh.apply(plan);

            plane.await("the public path", () -> status(call("/health")) == 200);
            assertThat(status(call("/orders/7"))).isEqualTo(403);
            assertThat(status(with(call("/orders/7"), token))).isEqualTo(401);
            try (Gateway gateway = Gateway.start(each -> each.domain("example.com"))) {
                gateway.workload(APP + "." + namespace, plane.local("v1"));
                gateway.apply(gateway.plan(orders));
                Call here = embedded(gateway, "/orders/7");
                assertThat(status(embedded(gateway, "/health"))).isEqualTo(200);
                assertThat(status(here)).isEqualTo(401);
                assertThat(status(with(here, token))).isEqualTo(503);
            }
            Proven.say(
                    IssuerDownTest.class,
                    "auth.oauth2/v1 while keys cannot be had",
                    Proven.Where.BOTH,
                    List.of("public", "without", token).size(),
                    List.of("istio.keys-unavailable", "istio.no-token"));
        }
    }

    /** Its tokens are good in both worlds, and nobody has been able to ask it for anything. */
    @Test
    void withPinnedKeysItsTokensAreGoodInBothWorlds() throws IOException, InterruptedException {
        String issuer;
        String token;
        String keys;
        try (AuthorizationServer server = AuthorizationServer.start()) {
            issuer = server.issuer().toString();
            token = server.issue("alice", APP, "orders.read");
            keys = get(URI.create(issuer + "/jwks"));
        }
        String forged = forged(token);
        ApiDefinition orders = Api.expose(APP)
                .inNamespace(namespace.name())
                .withOAuth2(oauth2(TrustedIssuer.issuer(issuer).keys(keys))
                        .audience(APP)
                        .scope("/orders/**", "orders.read"))
                .define();
        try (Running running = plane.add(Workload.of(namespace.name(), APP, "v1"));
                Gateway gateway = Gateway.start(s -> s.domain("example.com"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, running.workload().account());
            gateway.workload(APP + "." + namespace, plane.local("v1"));
            gateway.apply(gateway.plan(orders));
            Call embedded = embedded(gateway, "/orders/7");
            assertThat(status(embedded)).isEqualTo(401);
            assertThat(status(with(embedded, forged))).isEqualTo(401);
            assertThat(status(with(embedded, token))).isEqualTo(200);

            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(client)
                            .inventory(namespace.name())
                            .preflight(preflight().fetching(IssuerDownTest::get)));
            Plan plan = mesh.plan(orders);
            assertThat(plan.warnings())
                    .extracting(Problem::code)
                    .doesNotContain("preflight.issuer", "istio.loopback-issuer");
            assertThat(plan.deviations()).extracting(Deviation::code).doesNotContain("istio.keys-unavailable");
            mesh.apply(plan);

            plane.await("a good token", () -> status(with(call("/orders/7"), token)) == 200);
            assertThat(status(call("/orders/7"))).isEqualTo(403);
            assertThat(status(with(call("/orders/7"), forged))).isEqualTo(401);
            assertThat(mesh.plan(orders).isEmpty())
                    .as("what is written is read back")
                    .isTrue();
            Proven.say(
                    IssuerDownTest.class,
                    "auth.oauth2/v1 with pinned keys",
                    Proven.Where.BOTH,
                    List.of("none", forged, token).size(),
                    List.of());
        }
    }

    private static String forged(String token) {
        int signature = token.lastIndexOf('.') + 1;
        return token.substring(0, signature)
                + (token.charAt(signature) == 'A' ? 'B' : 'A')
                + token.substring(signature + 1);
    }

    private static Call with(Call call, String token) {
        return call.with("authorization", "Bearer " + token);
    }

    private Call embedded(Gateway gateway, String path) {
        return Call.get("127.0.0.1:" + gateway.port(), APP + "." + namespace + ".example.com", path);
    }

    private Call call(String path) {
        return Call.get(plane.ingress() + ":80", APP + "." + namespace + ".example.com", path);
    }

    private int status(Call call) {
        return plane.outside().send(call).status();
    }

    private static String get(URI address) throws IOException, InterruptedException {
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
