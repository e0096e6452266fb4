package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.CallerRule;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;

class IdentityTest {
    static Reply whoCalls(FunctionRequest request) {
        return Reply.ok(request.caller().map(Caller.Workload::toString).orElse("nobody") + " at " + request.host());
    }

    static Gateway shop(GatewaySettings settings) {
        Gateway gateway = Gateway.start(settings);
        gateway.workload("orders.shop", Workload.function(IdentityTest::whoCalls));
        gateway.apply(gateway.plan(Said.orders().define()));
        return gateway;
    }

    static Gateway shop() {
        return shop(GatewaySettings.defaults());
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void aWorkloadCallsAServiceByItsNamesInside() throws Exception {
        try (Gateway gateway = shop()) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            HttpClient client = frontend.httpClient();

            assertThat(frontend.uri("orders.shop")).isEqualTo(URI.create("https://orders.shop.svc.cluster.local"));
            assertThat(get(client, frontend.uri("orders.shop").resolve("/orders/7"))
                            .body())
                    .isEqualTo("frontend.shop at orders.shop.svc.cluster.local");
            assertThat(get(client, URI.create("https://orders.shop.svc/")).body())
                    .isEqualTo("frontend.shop at orders.shop.svc");
            assertThat(get(client, URI.create("https://orders.shop/")).body())
                    .isEqualTo("frontend.shop at orders.shop");
        }
    }

    @Test
    void theHostDecidesWhetherACallComesFromInsideOrEnters() throws Exception {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(IdentityTest::whoCalls));
            gateway.apply(gateway.plan(Said.orders()
                    .withOAuth2("https://id.example", auth -> auth.audience("orders"))
                    .define()));
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            HttpClient client = frontend.httpClient();

            assertThat(get(client, frontend.uri("orders.shop")).statusCode()).isEqualTo(200);
            assertThat(get(client, URI.create("https://orders.shop.localhost/")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void anExposedHostKnowsTheCallerToo() throws Exception {
        try (Gateway gateway = shop()) {
            HttpClient client = gateway.identity("frontend.shop").httpClient();

            assertThat(get(client, URI.create("https://orders.shop.localhost/")).body())
                    .isEqualTo("frontend.shop at orders.shop.localhost");
        }
    }

    @Test
    void theListenerForEverybodyKnowsNoNamesInsideAndNoCallers() {
        try (Gateway gateway = shop()) {
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("nobody at orders.shop.localhost");
            for (String host : List.of("orders.shop", "orders.shop.svc", Guest.ORDERS)) {
                assertThat(Raw.ask(gateway, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                .status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void rulesAboutCallersHoldByBothWays() throws Exception {
        CallerRule rule = new CallerRule(Endpoint.any(), List.of(Peer.parse("frontend.shop")), false, Origin.unknown());
        try (Gateway gateway = Gateway.start(s -> s.journal(10))) {
            gateway.workload("orders.shop", Workload.function(IdentityTest::whoCalls));
            gateway.apply(gateway.plan(
                    Said.orders().shaped(draft -> draft.callers(rule)).define()));
            URI host = URI.create("https://orders.shop.localhost/");
            HttpClient frontend = gateway.identity("frontend.shop").httpClient();
            HttpClient other = gateway.identity("frontend.lab").httpClient();
            URI inside = gateway.identity("frontend.lab").uri("orders.shop");

            assertThat(get(frontend, inside).statusCode()).isEqualTo(200);
            assertThat(get(frontend, host).statusCode()).isEqualTo(200);
            assertThat(get(other, inside).statusCode()).isEqualTo(403);
            assertThat(get(other, host).statusCode()).isEqualTo(403);
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(403);
            assertThat(gateway.journal().requests().stream()
                            .map(GatewayRequest::caller)
                            .map(Caller::toString))
                    .containsExactly(
                            "frontend.shop",
                            "frontend.shop",
                            "frontend.lab",
                            "frontend.lab",
                            "a caller without a certificate");
        }
    }

    @Test
    void anIdentityOutlivesWhatIsAppliedAndNamesComeAndGo() throws Exception {
        try (Gateway gateway = shop()) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            HttpClient client = frontend.httpClient();
            assertThat(get(client, frontend.uri("orders.shop")).statusCode()).isEqualTo(200);

            gateway.workload("pay.shop", Workload.function(IdentityTest::whoCalls));
            gateway.apply(gateway.plan(Said.named("pay").define()));

            assertThat(get(client, frontend.uri("pay.shop")).body()).startsWith("frontend.shop at pay.shop");
            assertThat(get(client, frontend.uri("orders.shop")).statusCode()).isEqualTo(404);
            assertThatThrownBy(() -> get(frontend.httpClient(), frontend.uri("orders.shop")))
                    .hasMessageContaining("403");
        }
    }

    @Test
    void manyIdentitiesCallAtTheSameTimeAndNoneIsTakenForAnother() throws Exception {
        try (Gateway gateway = shop()) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                GatewayIdentity identity = gateway.identity("caller-" + i + ".shop");
                HttpClient client = identity.httpClient();
                HttpRequest request =
                        HttpRequest.newBuilder(identity.uri("orders.shop")).build();
                for (int n = 0; n < 5; n++) {
                    answers.add(
                            client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body));
                }
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("caller-" + i / 5 + ".shop at " + Guest.ORDERS);
            }
            assertThat(gateway.inside().certificates()).isEqualTo(1);
        }
    }

    @Test
    void anUrlConnectionOfTheJdkCallsToo() throws Exception {
        try (Gateway gateway = shop()) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            URI uri = frontend.uri("orders.shop").resolve("/orders/7");
            HttpsURLConnection connection = (HttpsURLConnection) uri.toURL()
                    .openConnection(frontend.proxySelector().select(uri).get(0));
            connection.setSSLSocketFactory(frontend.sslContext().getSocketFactory());

            assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("frontend.shop at " + Guest.ORDERS);
        }
    }

    @Test
    void aConnectionIsUsedAgainAndMayAskForEachHostByItsOwn() throws Exception {
        try (Gateway gateway = shop();
                Guest guest =
                        Guest.greet(gateway, gateway.identity("frontend.shop").sslContext())) {
            for (int i = 0; i < 5; i++) {
                assertThat(guest.get(Guest.ORDERS, "/").body()).startsWith("frontend.shop");
            }
            assertThat(guest.get(Guest.ORDERS + ":443", "/").status()).isEqualTo(200);
            assertThat(guest.get("ORDERS.shop.svc.cluster.local.", "/").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aHostForWhichTheCertificateWasNotShownIsMisdirected() throws Exception {
        try (Gateway gateway = shop();
                Guest guest =
                        Guest.greet(gateway, gateway.identity("frontend.shop").sslContext())) {
            for (String host : List.of("orders.shop", "orders.shop.localhost", "pay.shop", "other.example")) {
                Raw.Answer answer = guest.get(host, "/");
                assertThat(answer.status()).isEqualTo(421);
                assertThat(answer.body())
                        .contains("the host is another one than that for which the connection was made");
            }
            assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void namesOfTheTrustDomainAreSaidBySettings() throws Exception {
        try (Gateway gateway = shop(GatewaySettings.defaults().trustDomain("lintel.test"))) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");

            assertThat(frontend.spiffeId()).isEqualTo("spiffe://lintel.test/ns/shop/sa/frontend");
            assertThat(get(frontend.httpClient(), frontend.uri("orders.shop")).body())
                    .startsWith("frontend.shop");
        }
        assertThatThrownBy(() -> GatewaySettings.defaults().trustDomain("Cluster/Local"))
                .hasMessage("a trust domain must be 1 to 255 lower-case letters, digits, '.', '-' or '_', for example"
                        + " 'cluster.local', but was 'Cluster/Local'");
    }

    @Test
    void nothingListensForWorkloadsUntilItIsWanted() {
        int port;
        try (Gateway gateway = Gateway.start(s -> s.inside(0))) {
            port = gateway.inside().address().getPort();
            assertThat(gateway.identity("a.b").address().getPort()).isEqualTo(port);
            assertThat(gateway.inside().address().getAddress().isLoopbackAddress())
                    .isTrue();
            assertThatThrownBy(() -> Gateway.start(s -> s.inside(port))).hasMessageContaining("cannot listen on");
        }
    }

    @Test
    void closingTheGatewayClosesTheListenerForWorkloads() throws Exception {
        Gateway gateway = shop();
        GatewayIdentity frontend = gateway.identity("frontend.shop");
        Guest guest = Guest.greet(gateway, frontend.sslContext());
        Raw idle = Raw.to(frontend.address().getPort());
        assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);

        gateway.close();

        assertThat(guest.socket().getInputStream().read()).isEqualTo(-1);
        assertThat(idle.isClosed()).isTrue();
        idle.close();
        guest.close();
        assertThatThrownBy(() -> new Socket(
                                frontend.address().getAddress(),
                                frontend.address().getPort())
                        .close())
                .isInstanceOf(java.net.ConnectException.class);
        assertThatThrownBy(() -> gateway.identity("frontend.shop"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is closed");
    }

    @Test
    void anIdentityIsNamedWithItsNamespace() {
        try (Gateway gateway = Gateway.start()) {
            assertThatThrownBy(() -> gateway.identity("frontend"))
                    .hasMessage(
                            "a workload is named 'name.namespace', for example 'frontend.shop', but was 'frontend'");
            assertThatThrownBy(() -> gateway.identity("Frontend.shop"))
                    .hasMessage("a service account must be a DNS label (lower-case letters, digits, '-', at most 63),"
                            + " but was 'Frontend'");
        }
    }
}
