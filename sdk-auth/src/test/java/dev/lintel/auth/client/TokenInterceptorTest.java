package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenInterceptorTest {
    private final FakeServer issuer = new FakeServer();
    private final FakeServer orders = new FakeServer();
    private final FakeServer other = new FakeServer();
    private final Tokens tokens = Tokens.clientCredentials(issuer.uri("/token"), "shop", Secret.of("s3cret"));

    @BeforeEach
    void answer() {
        issuer.on("/token", Answer.json("{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        orders.on("/orders", Answer.json("{}"));
        other.on("/orders", Answer.json("{}"));
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
        orders.close();
        other.close();
    }

    private int send(ClassicHttpRequest request) throws IOException {
        try (CloseableHttpClient client = tokens.attachTo(HttpClientBuilder.create(), URI.create(orders.url()))
                .build()) {
            return client.execute(request, response -> response.getCode());
        }
    }

    private static List<String> authorization(FakeServer server) {
        return server.asked().stream()
                .map(asked -> String.valueOf(asked.headers().get("Authorization")))
                .toList();
    }

    @Test
    void requestsToANamedOriginCarryTheToken() throws IOException {
        HttpPost post = new HttpPost(orders.uri("/orders"));
        post.setEntity(new StringEntity("{}"));
        post.setHeader("x-trace", "7");
        assertThat(send(post)).isEqualTo(200);
        assertThat(send(new HttpGet(orders.uri("/orders")))).isEqualTo(200);
        assertThat(authorization(orders)).containsExactly("[Bearer t1]", "[Bearer t1]");
        assertThat(orders.asked().get(0).body()).isEqualTo("{}");
        assertThat(orders.asked().get(0).headers().get("X-trace")).containsExactly("7");
        assertThat(issuer.asked("/token")).isOne();
    }

    @Test
    void requestsToAnyOtherOriginDoNot() throws IOException {
        assertThat(send(new HttpGet(other.uri("/orders")))).isEqualTo(200);
        assertThat(send(new HttpGet(orders.url().replace("127.0.0.1", "localhost") + "/orders")))
                .isEqualTo(200);
        assertThat(authorization(other)).containsExactly("null");
        assertThat(authorization(orders)).containsExactly("null");
        assertThat(issuer.asked()).isEmpty();
    }

    @Test
    void aRedirectDoesNotCarryTheTokenAway() throws IOException {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            FakeServer.Answer away = exchange -> {
                exchange.getResponseHeaders().set("Location", other.url() + "/orders");
                exchange.sendResponseHeaders(status, -1);
            };
            orders.on("/away", away).on("/twice", Answer.redirect(orders.url() + "/away"));
            assertThat(send(new HttpGet(orders.uri("/away")))).isEqualTo(200);
            assertThat(send(new HttpGet(orders.uri("/twice")))).isEqualTo(200);
        }
        assertThat(authorization(orders)).hasSize(15).containsOnly("[Bearer t1]");
        assertThat(authorization(other)).hasSize(10).containsOnly("null");
    }

    @Test
    void aRedirectBackToTheNamedOriginCarriesItAgain() throws IOException {
        other.on("/back", Answer.redirect(orders.url() + "/orders"));
        orders.on("/away", Answer.redirect(other.url() + "/back"));
        assertThat(send(new HttpGet(orders.uri("/away")))).isEqualTo(200);
        assertThat(authorization(orders)).containsExactly("[Bearer t1]", "[Bearer t1]");
        assertThat(authorization(other)).containsExactly("null");
    }

    @Test
    void aTokenThatTheCallerSetIsKept() throws IOException {
        HttpGet get = new HttpGet(orders.uri("/orders"));
        get.setHeader("Authorization", "Bearer mine");
        assertThat(send(get)).isEqualTo(200);
        assertThat(authorization(orders)).containsExactly("[Bearer mine]");
    }

    @Test
    void aClientWithoutRedirectsCarriesTheTokenToo() throws IOException {
        try (CloseableHttpClient client = tokens.attachTo(
                        HttpClientBuilder.create().disableRedirectHandling().disableAutomaticRetries(),
                        URI.create(other.url()),
                        URI.create(orders.url() + "/"))
                .build()) {
            assertThat(client.<Integer>execute(new HttpGet(orders.uri("/orders")), response -> response.getCode()))
                    .isEqualTo(200);
        }
        assertThat(authorization(orders)).containsExactly("[Bearer t1]");
    }

    @Test
    void withoutATokenNothingIsSent() {
        issuer.on("/token", Answer.of(400, "application/json", "{\"error\":\"invalid_scope\"}"));
        assertThatThrownBy(() -> send(new HttpGet(orders.uri("/orders"))))
                .isInstanceOf(ClientProtocolException.class)
                .hasMessage("No token for client 'shop', because " + issuer.url()
                        + "/token answered 400 invalid_scope; ask only for scopes that the client may have");
        assertThat(orders.asked()).isEmpty();
    }

    @Test
    void anOriginIsSchemeHostAndPort() {
        for (String bad : List.of(
                "orders.example",
                "ftp://orders.example",
                "https://orders.example/x",
                "https://orders.example?x",
                "https://u@orders.example")) {
            assertThatThrownBy(() -> tokens.interceptor(URI.create(bad)))
                    .hasMessage("an origin must be scheme, host and port alone, as in 'https://orders.example',"
                            + " but was '" + bad + "'");
        }
        assertThat(WebOrigin.all(
                        URI.create("HTTPS://Orders.Example"), URI.create("http://[::1]"), URI.create("http://a:8080")))
                .containsExactly(
                        new WebOrigin("https", "orders.example", 443),
                        new WebOrigin("http", "::1", 80),
                        new WebOrigin("http", "a", 8080));
    }

    @Test
    void requestsOfTheJdksClientCarryTheToken() throws IOException, InterruptedException {
        HttpRequest request =
                tokens.authorize(HttpRequest.newBuilder(orders.uri("/orders"))).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(authorization(orders)).containsExactly("[Bearer t1]");
    }
}
