package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.authorization.AuthorizationServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one test does to a gateway does not reach the next. */
class CheckpointTest {
    private final Gateway gateway = Gateway.start(s -> s.journal(10));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void whatWasExposedAndBoundComesBackAndNothingIsCounted() {
        gateway.workload("orders.shop", function(request -> Reply.ok("before")));
        gateway.apply(gateway.plan(Said.orders().define()));
        Raw.get(gateway, "/");
        Checkpoint before = gateway.checkpoint();

        for (int i = 0; i < 2; i++) {
            gateway.workload("orders.shop", function(request -> Reply.ok("after")));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("after");
            gateway.apply(gateway.plan());
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(404);

            before.restore();
            assertThat(gateway.journal().count()).isZero();
            assertThat(gateway.stats().answered()).isZero();
            assertThat(gateway.stats().calls()).containsEntry("orders.shop", 0L);
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("before");
        }
    }

    @Test
    void keysOfIssuersAreFetchedAgain() {
        try (AuthorizationServer id = AuthorizationServer.start()) {
            gateway.workload("orders.shop", function(request -> Reply.ok("ok")));
            gateway.apply(gateway.plan(Said.orders()
                    .withOAuth2(oauth2(id.issuer().toString()).audience("orders"))
                    .define()));
            Checkpoint before = gateway.checkpoint();
            String good = "authorization: Bearer " + id.issue("alice", "orders");
            assertThat(Raw.get(gateway, "/", good).status()).isEqualTo(200);

            id.rotateKeys();
            id.retireOldKeys();
            assertThat(Raw.get(gateway, "/", good).status()).isEqualTo(200);
            before.restore();
            assertThat(Raw.get(gateway, "/", good).status()).isEqualTo(401);
        }
    }

    @Test
    void aPlanFromBeforeIsStaleAfterwards() {
        gateway.workload("orders.shop", function(request -> Reply.ok("ok")));
        Checkpoint empty = gateway.checkpoint();
        var plan = gateway.plan(Said.orders().define());
        empty.restore();
        assertThatThrownBy(() -> gateway.apply(plan)).hasMessageContaining("has 1 problem");
    }
}
