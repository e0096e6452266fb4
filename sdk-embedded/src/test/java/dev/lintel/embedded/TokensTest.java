package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.TrustedIssuer;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.log.LogWatch;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of a real authorization server at the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private final AuthorizationServer server = AuthorizationServer.start();
    private final AuthorizationServer stranger = AuthorizationServer.start();
    private final Gateway gateway = Gateway.start();

    @BeforeAll
    void expose() {
        expose(gateway, server.issuer().toString());
    }

    private static void expose(Gateway gateway, String issuer) {
        gateway.workload(
                "orders.shop",
                function(request ->
                        Reply.ok(request.token().map(Token.Verified::subject).orElse("nobody"))));
        gateway.apply(gateway.plan(Said.orders()
                .withOAuth2(oauth2(issuer)
                        .audience("orders")
                        .scope("/orders/**", "orders.read")
                        .publicPaths("/pub/**"))
                .define()));
    }

    @AfterAll
    void close() {
        gateway.close();
        stranger.close();
        server.close();
    }

    private static Raw.Answer get(Gateway gateway, String path, String token) {
        return Raw.get(gateway, path, "Authorization: Bearer " + token);
    }

    @Test
    void aGoodTokenIsLetIn() {
        String token = server.issue("alice", "orders", "orders.read");

        assertThat(get(gateway, "/orders/7", token).body()).isEqualTo("alice");
        assertThat(get(gateway, "/orders/7", token).body()).isEqualTo("alice");
        assertThat(get(gateway, "/pub", token).body()).isEqualTo("alice");
        assertThat(Raw.get(gateway, "/orders/7", "authorization: bearer " + token)
                        .body())
                .isEqualTo("alice");
        assertThat(Raw.get(gateway, "/pub").body()).isEqualTo("nobody");
    }

    @Test
    void refusalsSayWhatIsMissing() {
        Raw.Answer none = Raw.get(gateway, "/orders/7");
        Raw.Answer scope = get(gateway, "/orders/7", server.issue("alice", "orders", "other"));
        Raw.Answer audience = get(gateway, "/orders/7", server.issue("alice", "invoices", "orders.read"));
        Raw.Answer foreign = get(gateway, "/orders/7", stranger.issue("alice", "orders", "orders.read"));

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(none.body())
                .isEqualTo("{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"a token is needed\"}\n");
        assertThat(scope.status()).isEqualTo(403);
        assertThat(scope.header("www-authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"orders.read\"");
        assertThat(audience.status()).isEqualTo(401);
        assertThat(audience.header("www-authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"the token is for another audience\"");
        assertThat(foreign.status()).isEqualTo(401);
        assertThat(foreign.header("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
    }

    @Test
    void aForgedTokenIsNotLetInAnywhere() {
        String token = server.issue("alice", "orders", "orders.read");
        String[] parts = token.split("\\.");
        String[] others = server.issue("mallory", "orders", "orders.read").split("\\.");
        String forged = parts[0] + "." + others[1] + "." + parts[2];

        for (int i = 0; i < 3; i++) {
            assertThat(get(gateway, "/orders/7", forged).status()).isEqualTo(401);
            assertThat(get(gateway, "/pub", forged).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer | 401",
                "Bearer  TOKEN | 401",
                "Bearer TOKEN, Bearer TOKEN | 401",
                "Bearer TOKEN,x | 401",
                "Bearer TOKEN x | 401",
                "Bearer\tTOKEN | 401",
                "Bearer=TOKEN | 401",
                "Bearer, TOKEN | 401",
                "Bearer \"TOKEN\" | 401",
                "Bearer TOKEN%20 | 401",
                "Bearerx TOKEN | 401",
                "Basic TOKEN | 401",
                "TOKEN | 401",
            })
    void whatIsNotExactlyOneTokenIsNone(String field, int status) {
        String token = server.issue("alice", "orders", "orders.read");

        assertThat(Raw.get(gateway, "/orders/7", "Authorization: " + field.replace("TOKEN", token))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void anotherSchemeIsTheServicesOwnBusiness() {
        assertThat(Raw.get(gateway, "/pub", "Authorization: Basic eDp5").body()).isEqualTo("nobody");
        assertThat(Raw.get(gateway, "/orders/7", "Authorization: Basic eDp5").header("www-authenticate"))
                .isEqualTo("Bearer");
    }

    @Test
    void aTokenInTheQueryIsNone() {
        String token = server.issue("alice", "orders", "orders.read");

        assertThat(Raw.get(gateway, "/orders/7?access_token=" + token).status()).isEqualTo(401);
    }

    @Test
    void requestsSentAheadWaitForTheTokenBeforeThem() {
        try (Raw raw = Raw.to(gateway)) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                String token = server.issue("user" + i, "orders", "orders.read");
                all.append(Raw.request("POST", "/orders/" + i, "Authorization: Bearer " + token, "Content-Length: 1"))
                        .append("x")
                        .append(Raw.request("GET", "/pub"));
            }
            raw.send(all.toString());
            for (int i = 0; i < 10; i++) {
                assertThat(raw.answer().body()).isEqualTo("user" + i);
                assertThat(raw.answer().body()).isEqualTo("nobody");
            }
        }
    }

    @Test
    void aTokenIsForwardedAsItCame() {
        String token = server.issue("alice", "orders", "orders.read");
        try (FakeService service = FakeService.saying("ok");
                Gateway other = Gateway.start()) {
            other.workload("orders.shop", service.uri());
            other.apply(other.plan(
                    Said.orders().withOAuth2(server.issuer().toString()).define()));

            assertThat(get(other, "/", token).status()).isEqualTo(200);
            assertThat(service.asked().get(0).header("authorization")).isEqualTo("Bearer " + token);
        }
    }

    @ParameterizedTest
    @CsvSource({"down", "404", "garbage"})
    void keysThatCannotBeHadAre503(String how) {
        FakeService jwks = FakeService.start((asked, out) -> out.write(FakeService.bytes(
                how.equals("404")
                        ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{]x")));
        URI uri = jwks.uri().resolve("/jwks");
        if (how.equals("down")) {
            jwks.close();
        }
        String token = server.issue("alice", "orders", "orders.read");
        try (Gateway other = Gateway.start()) {
            other.workload("orders.shop", function(request -> Reply.ok("in")));
            other.apply(other.plan(Said.orders()
                    .withOAuth2(oauth2(TrustedIssuer.issuer(server.issuer().toString())
                                    .jwks(uri))
                            .publicPaths("/pub/**"))
                    .define()));
            Raw.Answer answer = get(other, "/", token);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain(token);
            assertThat(Raw.get(other, "/pub").body()).isEqualTo("in");
        } finally {
            jwks.close();
        }
    }

    @Test
    void aSlowIssuerHoldsUpNobodyElse() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        String token = server.issue("alice", "orders", "orders.read");
        try (FakeService jwks = FakeService.start((request, out) -> {
                    asked.countDown();
                    go.await(20, TimeUnit.SECONDS);
                    out.write(FakeService.bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
                });
                Gateway other = Gateway.start(s -> s.threads(1));
                Raw slow = Raw.to(other)) {
            other.workload("orders.shop", function(request -> Reply.ok("in")));
            other.apply(other.plan(Said.orders()
                    .withOAuth2(oauth2(TrustedIssuer.issuer(server.issuer().toString())
                                    .jwks(jwks.uri().resolve("/jwks")))
                            .publicPaths("/pub/**"))
                    .define()));
            slow.send(Raw.request("GET", "/", "Authorization: Bearer " + token));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Raw.get(other, "/pub").body()).isEqualTo("in");
            go.countDown();
            assertThat(slow.answer().status()).isEqualTo(503);
        }
    }

    @Test
    void refusalsMayBeThoseOfAnotherWorld() {
        Statuses other = new Statuses(403, 403, 403, 401, false);
        try (Gateway like = Gateway.start(s -> s.like(other))) {
            expose(like, server.issuer().toString());

            assertThat(Raw.get(like, "/orders/7").status()).isEqualTo(403);
            assertThat(Raw.get(like, "/orders/7").header("www-authenticate")).isEmpty();
        }
    }

    @Test
    void noTokenAndNoQueryIsEverLogged() {
        List<String> tokens = IntStream.range(0, 5)
                .mapToObj(i -> server.issue("user" + i, "orders", i % 2 == 0 ? "orders.read" : "other"))
                .toList();
        try (LogWatch log = LogWatch.open()) {
            tokens.forEach(token -> {
                assertThat(get(gateway, "/orders/7?secret=12345", token).status())
                        .isIn(200, 403);
                assertThat(Raw.get(gateway, "/orders/7", "Authorization: Bearer " + token + "x")
                                .status())
                        .isEqualTo(401);
                assertThat(Raw.get(gateway, "/orders\r\n7", "Authorization: Bearer " + token)
                                .status())
                        .isEqualTo(400);
            });

            assertThat(log.lines()).anyMatch(line -> line.contains("GET orders.shop/orders/7 200 "));
            assertThat(log.lines()).noneMatch(line -> line.contains("12345"));
            assertThat(log.lines())
                    .noneMatch(line ->
                            tokens.stream().anyMatch(token -> line.contains(token.substring(token.length() - 20))));
        }
    }
}
