package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.core.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our client asks our server. */
class TokenClientTest {
    private static final int CALLERS = 1_000;

    private AuthorizationServer id;

    @BeforeEach
    void start() {
        id = AuthorizationServer.start(s -> s.audience("orders").signingAlgorithm(SigningAlgorithm.ES256));
        id.client("shop", Secret.of("s 3+c%ret/ü"), "orders.read", "orders.write");
    }

    @AfterEach
    void stop() {
        id.close();
    }

    private ClientCredentials shop(String... scopes) {
        return ClientCredentials.of(id.issuer().toString(), "shop", Secret.of("s 3+c%ret/ü"), scopes);
    }

    @Test
    void aThousandFirstCallersCostOneTokenRequest() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        CountDownLatch ready = new CountDownLatch(CALLERS);
        try (Tokens tokens = Tokens.of(shop("orders.read"))) {
            List<Future<AccessToken>> got = new ArrayList<>();
            Callable<AccessToken> caller = () -> {
                ready.countDown();
                ready.await();
                return tokens.token();
            };
            for (int i = 0; i < CALLERS; i++) {
                got.add(threads.submit(caller));
            }
            Set<String> distinct = new HashSet<>();
            for (Future<AccessToken> token : got) {
                distinct.add(token.get().authorization());
            }
            assertThat(distinct).hasSize(1);
            assertThat(id.tokenRequests()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theSecretMayTravelInTheHeaderOrInTheBody() throws Exception {
        try (Tokens header = Tokens.of(shop("orders.read").audience("orders"));
                Tokens body = Tokens.of(shop().inBody())) {
            assertThat(scope(header.token())).isEqualTo("orders.read");
            assertThat(scope(body.token())).isEqualTo("orders.read orders.write");
        }
    }

    private static Object scope(AccessToken token) throws Exception {
        String bearer = token.authorization().substring("Bearer ".length());
        return SignedJWT.parse(bearer).getJWTClaimsSet().getClaim("scope");
    }

    @Test
    void aRefusalReachesTheCallerWithItsCode() {
        try (Tokens tokens = Tokens.of(shop("orders.admin"))) {
            assertThatThrownBy(tokens::token).isInstanceOf(TokenException.class).hasMessageContaining("invalid_scope");
        }
    }
}
