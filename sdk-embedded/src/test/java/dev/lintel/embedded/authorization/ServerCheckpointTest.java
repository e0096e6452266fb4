package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.embedded.Checkpoint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one test does to a server does not reach the next. */
class ServerCheckpointTest {
    private static final String CREDENTIALS = "grant_type=client_credentials";

    private final Office office = new Office();
    private final AuthorizationServer server = office.server;

    @AfterEach
    void stop() {
        office.close();
    }

    private int credentials(String client) {
        return office.caller.token(client, "s3cret", CREDENTIALS).statusCode();
    }

    private static ClientRegistration client(String id) {
        return ClientRegistration.of(id, Secret.of("s3cret")).scopes("orders.read");
    }

    @Test
    void clientsAndUsersThatCameSinceAreGone() {
        server.client(client("before"));
        server.user("bob", Secret.of("secret of bob"));
        Checkpoint before = server.checkpoint();
        for (int i = 0; i < 2; i++) {
            server.client(client("since"));
            server.user("carol", Secret.of("secret of carol"));
            assertThat(credentials("since")).isEqualTo(200);
            before.restore();
            assertThat(credentials("since")).isEqualTo(401);
            assertThat(credentials("before")).isEqualTo(200);
        }
        server.client(client("carol"));
    }

    @Test
    void theJournalIsEmptyAndNothingGoesWrong() {
        Checkpoint before = server.checkpoint();
        server.chaos().token().times(2).status(500);
        credentials("stranger");
        credentials("stranger");
        credentials("stranger");
        server.chaos().refuseConnections();
        before.restore();
        assertThat(server.tokenRequests()).isZero();
        assertThat(server.journal()).isEmpty();
        assertThat(server.requests()).isEmpty();
        assertThat(server.chaos().hits()).isEmpty();
        // A connection of its own: those from before were cut, and a client may not have noticed yet.
        assertThat(new Caller(server).token("stranger", "s3cret", CREDENTIALS).statusCode())
                .isEqualTo(401);
    }

    @Test
    void keysComeBack() throws Exception {
        String token = server.issue("alice", "orders");
        Checkpoint before = server.checkpoint();
        server.rotateKeySameKid();
        server.rotateKeys();
        server.retireOldKeys();
        before.restore();
        Verifier verifier = new Verifier(server, SigningAlgorithm.ES256, office.clock);
        assertThat(verifier.verify(token, "orders").getSubject()).isEqualTo("alice");
        assertThat(verifier.verify(server.issue("bob", "orders"), "orders").getSubject())
                .isEqualTo("bob");
    }

    @Test
    void aRefreshTokenIsAsUnusedAsItWas() {
        server.client(Office.shop("shop"));
        String token = server.refreshToken("shop", "alice", "orders.read").reveal();
        Checkpoint before = server.checkpoint();
        String since = server.refreshToken("shop", "alice", "orders.read").reveal();
        for (int i = 0; i < 2; i++) {
            office.tokens("shop", Office.refresh(token));
            assertThat(office.caller
                            .token("shop", "s3cret", Office.refresh(token))
                            .statusCode())
                    .isEqualTo(400);
            before.restore();
        }
        assertThat(office.caller.token("shop", "s3cret", Office.refresh(since)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void codesAndWaitingDevicesOfThenAndSince() {
        server.client(Office.shop("shop"));
        String then = office.code("shop");
        Checkpoint before = server.checkpoint();
        String since = office.code("shop");
        String device = Office.good(
                        office.post("/device_authorization", "", "Authorization", Caller.basic("shop", "s3cret")))
                .get("device_code")
                .textValue();
        office.tokens("shop", Office.redeem(then));
        before.restore();
        office.tokens("shop", Office.redeem(then));
        assertThat(office.caller.token("shop", "s3cret", Office.redeem(since)).statusCode())
                .isEqualTo(400);
        office.clock.forward(Duration.ofSeconds(5));
        String poll = Office.form("grant_type", GrantTypes.DEVICE_CODE, "device_code", device);
        assertThat(office.caller.token("shop", "s3cret", poll).body()).contains("access_denied");
    }

    @Test
    void whoStoodInThenStandsInAgain() {
        server.client(Office.shop("shop"));
        Checkpoint before = server.checkpoint();
        server.loginByPages();
        before.restore();
        assertThat(office.code("shop")).isNotEmpty();
    }

    @Test
    void failedAttemptsAreForgotten() {
        server.client(client("shop"));
        Checkpoint before = server.checkpoint();
        for (int i = 0; i < 100; i++) {
            office.caller.token("shop", "wrong", CREDENTIALS);
        }
        assertThat(credentials("shop")).isNotEqualTo(200);
        before.restore();
        assertThat(credentials("shop")).isEqualTo(200);
    }
}
