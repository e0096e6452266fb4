package dev.lintel.junit.example;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.TokenException;
import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.embedded.authorization.GrantTypes;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.junit.GatewayExtension;
import dev.lintel.junit.RequestJournal;
import dev.lintel.junit.TokenIssuer;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How an application tests what it exposes, and how it bears the bad days of its identity provider. */
class OrdersApiTest {
    private static final Secret SECRET = Secret.of("only-for-tests");

    @RegisterExtension
    static final GatewayExtension GATEWAY = GatewayExtension.builder()
            .audience("orders")
            .definition(issuer -> Api.expose("orders")
                    .inNamespace("shop")
                    .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                    .define())
            .workload("orders.shop", function(request -> Reply.ok("order at " + request.path())))
            .client(ClientRegistration.of("shop-ui", SECRET)
                    .scopes("orders.read")
                    .grants(GrantTypes.CLIENT_CREDENTIALS, GrantTypes.REFRESH_TOKEN))
            .build();

    private static int get(HttpClient http, String path, String... authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(GATEWAY.uri("orders.shop").resolve(path));
        for (String value : authorization) {
            request.header("Authorization", value);
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static Tokens shopUi(AuthorizationServer authorization) {
        return Tokens.of(ClientCredentials.of(authorization.issuer().toString(), "shop-ui", SECRET, "orders.read"));
    }

    @Test
    void whoMayReadOrdersIsLetIn(HttpClient http, TokenIssuer tokens, RequestJournal journal) throws Exception {
        assertEquals(200, get(http, "/orders/7", tokens.bearer("alice", "orders.read")));

        journal.assertForwarded("GET", "/orders/7");
        journal.assertTokenRequests(0);
    }

    @Test
    void whoMayNotIsRefused(HttpClient http, TokenIssuer tokens, RequestJournal journal) throws Exception {
        assertEquals(401, get(http, "/orders/7"));
        assertEquals(403, get(http, "/orders/7", tokens.bearer("alice")));
        assertEquals(401, get(http, "/orders/7", tokens.expired().bearer("alice", "orders.read")));
        assertEquals(401, get(http, "/orders/7", tokens.audience("billing").bearer("alice", "orders.read")));
        assertEquals(401, get(http, "/orders/7", tokens.forged().bearer("alice", "orders.read")));

        journal.assertRefused("GET", "/orders/7", 403);
        journal.assertRequests(5);
    }

    @Test
    void aTokenEndsWhenItsTimeHasCome(HttpClient http, TokenIssuer tokens, VirtualClock clock) throws Exception {
        String bearer = tokens.lifetime(Duration.ofMinutes(30)).bearer("alice", "orders.read");
        assertEquals(200, get(http, "/orders/7", bearer));

        clock.forward(Duration.ofMinutes(32));

        assertEquals(401, get(http, "/orders/7", bearer));
    }

    @Test
    void theApplicationGetsOneTokenForManyCalls(
            HttpClient http, AuthorizationServer authorization, RequestJournal journal) throws Exception {
        try (Tokens tokens = shopUi(authorization)) {
            for (int order = 1; order <= 10; order++) {
                assertEquals(200, get(http, "/orders/" + order, tokens.token().authorization()));
            }
        }
        journal.assertTokenRequests(1);
        journal.assertNothingRefused();
    }

    @Test
    void theApplicationDoesNotStormAnIssuerThatIsDown(
            AuthorizationServer authorization, Chaos chaos, RequestJournal journal) {
        try (Disturbance outage = chaos.token().unavailable(Duration.ofSeconds(30));
                Tokens tokens = shopUi(authorization)) {
            for (int i = 0; i < 10; i++) {
                assertThrows(TokenException.class, tokens::token);
            }
            assertEquals(1, outage.hits());
        }
        journal.assertTokenRequests(1);
    }

    @Test
    void tokensOfANewKeyAreAcceptedAtOnce(HttpClient http, TokenIssuer tokens, Chaos chaos, VirtualClock clock)
            throws Exception {
        String before = tokens.bearer("alice", "orders.read");
        assertEquals(200, get(http, "/orders/7", before));
        // Keys are not fetched again within ten seconds of the last time.
        clock.forward(Duration.ofSeconds(11));

        chaos.rotateKey();

        assertEquals(200, get(http, "/orders/7", tokens.bearer("alice", "orders.read")));
        assertEquals(200, get(http, "/orders/7", before));
    }

    @Test
    void aNewKeyUnderTheOldNameIsFoundOut(HttpClient http, TokenIssuer tokens, Chaos chaos, VirtualClock clock)
            throws Exception {
        String before = tokens.bearer("alice", "orders.read");
        assertEquals(200, get(http, "/orders/7", before));
        clock.forward(Duration.ofSeconds(11));

        chaos.rotateKeySameKid();

        assertEquals(200, get(http, "/orders/7", tokens.bearer("alice", "orders.read")));
        assertEquals(401, get(http, "/orders/7", before));
    }

    @Test
    void keysThatAreKnownOutliveAnOutage(HttpClient http, TokenIssuer tokens, Chaos chaos, VirtualClock clock)
            throws Exception {
        assertEquals(200, get(http, "/orders/7", tokens.bearer("alice", "orders.read")));

        chaos.jwksOutage();
        clock.forward(Duration.ofHours(2));

        assertEquals(200, get(http, "/orders/7", tokens.bearer("alice", "orders.read")));
    }

    @Test
    void aRefreshTokenWhoseReplyIsLostIsNotSentAgain(
            HttpClient http,
            AuthorizationServer authorization,
            TokenIssuer tokens,
            Chaos chaos,
            RequestJournal journal) {
        Secret refreshToken = tokens.refreshToken("shop-ui", "alice", "orders.read");
        HttpRequest refresh = HttpRequest.newBuilder(authorization.issuer().resolve("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=" + refreshToken.reveal()
                        + "&client_id=shop-ui&client_secret=" + SECRET.reveal()))
                .build();
        Disturbance lost = chaos.loseNextRotationReply();

        assertThrows(IOException.class, () -> http.send(refresh, BodyHandlers.discarding()));

        assertEquals(1, lost.hits());
        journal.assertTokenRequests(1);
    }
}
