package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.ProofOfPossession;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are bound to a key (RFC 9449), for each client that they can be attached to. */
class DpopTest {
    private static final String WANTS_NONCE = "DPoP error=\"use_dpop_nonce\"";

    private final FakeServer orders = new FakeServer();
    private final FakeSource source = new FakeSource(InstantSource.system(), Duration.ofHours(1))
            .answers((number, asked) -> new FetchedToken(
                    Secret.of("t" + number),
                    TokenType.DPOP,
                    List.of(),
                    List.of(),
                    asked,
                    Duration.ofHours(1),
                    null,
                    null));
    private final Proofs proofs = new Proofs();
    private final Tokens bound = Tokens.from("shop", source, TokenSettings.defaults());
    private final Tokens tokens = bound.proving(proofs);
    private final URI origin = URI.create(orders.url());
    private final URI uri = orders.uri("/orders");

    @AfterEach
    void close() {
        tokens.close();
        orders.close();
    }

    /** Proofs that say what they are for instead of being signed. */
    private static final class Proofs implements ProofOfPossession {
        private final Map<String, String> nonces = new ConcurrentHashMap<>();
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public String proof(String method, URI uri, AccessToken token) {
            return made.incrementAndGet() + " " + method + " " + uri + " "
                    + token.value().reveal() + " "
                    + nonces.get(WebOrigin.of(uri).toString());
        }

        @Override
        public boolean nonce(URI uri, String nonce, String proof) {
            return nonce(uri, nonce) || !proof.endsWith(" " + nonce);
        }

        @Override
        public boolean nonce(URI uri, String nonce) {
            return !nonce.equals(nonces.put(WebOrigin.of(uri).toString(), nonce));
        }
    }

    private List<String> proofsSent() {
        return orders.asked().stream()
                .map(asked -> asked.headers().get("Authorization").get(0) + " | "
                        + asked.headers().get("Dpop").get(0))
                .toList();
    }

    private static void nonce(HttpExchange exchange, String nonce) {
        exchange.getResponseHeaders().set("DPoP-Nonce", nonce);
    }

    private static void refuse(HttpExchange exchange, String challenge) throws java.io.IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        FakeServer.Answer.of(401, "text/plain", "no").give(exchange);
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestHasAProofOfItsOwn(Sender client) throws Exception {
        orders.on("/orders", FakeServer.Answer.json("{}"));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(200);
        assertThat(client.send(tokens, origin, "PUT", uri, "x", false).status()).isEqualTo(200);
        assertThat(proofsSent())
                .containsExactly("DPoP t1 | 1 GET " + uri + " t1 null", "DPoP t1 | 2 PUT " + uri + " t1 null");
    }

    @ParameterizedTest
    @EnumSource
    void aNonceThatIsAskedForIsUsedOnceMoreWithTheSameToken(Sender client) throws Exception {
        orders.on("/orders", exchange -> {
            nonce(exchange, "n1");
            if (exchange.getRequestHeaders().getFirst("DPoP").endsWith(" n1")) {
                FakeServer.Answer.json("{}").give(exchange);
            } else {
                refuse(exchange, WANTS_NONCE);
            }
        });
        assertThat(client.send(tokens, origin, "POST", uri, "x", false).status())
                .isEqualTo(200);
        assertThat(proofsSent())
                .containsExactly("DPoP t1 | 1 POST " + uri + " t1 null", "DPoP t1 | 2 POST " + uri + " t1 n1");
        assertThat(source.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aNonceThatAnotherRequestLearnedMeanwhileIsNewToThisOne(Sender client) throws Exception {
        orders.on("/orders", exchange -> {
            proofs.nonce(uri, "n1");
            nonce(exchange, "n1");
            if (exchange.getRequestHeaders().getFirst("DPoP").endsWith(" n1")) {
                FakeServer.Answer.json("{}").give(exchange);
            } else {
                refuse(exchange, WANTS_NONCE);
            }
        });
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void theNonceOfEveryAnswerIsKept(Sender client) throws Exception {
        AtomicInteger answers = new AtomicInteger();
        orders.on("/orders", exchange -> {
            nonce(exchange, "n" + answers.incrementAndGet());
            FakeServer.Answer.of(answers.get() == 2 ? 500 : 200, "text/plain", "")
                    .give(exchange);
        });
        for (int i = 0; i < 3; i++) {
            assertThat(client.get(tokens, origin, uri).status()).isIn(200, 500);
        }
        assertThat(proofsSent())
                .containsExactly(
                        "DPoP t1 | 1 GET " + uri + " t1 null",
                        "DPoP t1 | 2 GET " + uri + " t1 n1",
                        "DPoP t1 | 3 GET " + uri + " t1 n2");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatWantsEverNewNoncesIsAskedTwice(Sender client) throws Exception {
        AtomicInteger answers = new AtomicInteger();
        orders.on("/orders", exchange -> {
            nonce(exchange, "n" + answers.incrementAndGet());
            refuse(exchange, WANTS_NONCE);
        });
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        assertThat(answers).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void aNonceThatIsTheSameIsNotTriedAgain(Sender client) throws Exception {
        proofs.nonce(uri, "n1");
        orders.on("/orders", exchange -> {
            nonce(exchange, "n1");
            refuse(exchange, WANTS_NONCE);
        });
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        orders.on("/orders", exchange -> refuse(exchange, WANTS_NONCE));
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(401);
        orders.on("/orders", exchange -> {
            nonce(exchange, "n 2");
            refuse(exchange, WANTS_NONCE);
        });
        assertThat(client.get(tokens, origin, uri).status())
                .as("no nonce by its grammar")
                .isEqualTo(401);
        assertThat(orders.asked()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aNonceAndThenANewTokenMayBothBeNeeded(Sender client) throws Exception {
        orders.on("/orders", exchange -> {
            nonce(exchange, "n1");
            String proof = exchange.getRequestHeaders().getFirst("DPoP");
            if (proof.endsWith(" null")) {
                refuse(exchange, WANTS_NONCE);
            } else if (proof.contains(" t1 ")) {
                refuse(exchange, "DPoP error=\"invalid_token\"");
            } else {
                FakeServer.Answer.json("{}").give(exchange);
            }
        });
        assertThat(client.get(tokens, origin, uri).status()).isEqualTo(200);
        assertThat(orders.asked()).hasSize(3);
        assertThat(source.requests()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsOnlyAuthorizedHasAProofToo() {
        HttpRequest request =
                tokens.authorize(HttpRequest.newBuilder(uri).DELETE()).build();
        assertThat(request.headers().firstValue("Authorization")).contains("DPoP t1");
        assertThat(request.headers().firstValue("DPoP")).contains("1 DELETE " + uri + " t1 null");
        assertThat(tokens.headers("GET", uri))
                .containsExactly(Map.entry("Authorization", "DPoP t1"), Map.entry("DPoP", "2 GET " + uri + " t1 null"));
    }

    @Test
    void withoutAProofABoundTokenIsNotSent() {
        String why = "The token for client 'shop' is bound to a key (DPoP), but nothing here proves the possession of"
                + " that key: say what does with proving(…)";
        assertThatThrownBy(() -> bound.authorize(HttpRequest.newBuilder(uri))).hasMessage(why);
        assertThatThrownBy(() -> bound.headers("GET", uri)).hasMessage(why);
        for (Sender client : Sender.values()) {
            assertThatThrownBy(() -> client.get(bound, origin, uri)).hasStackTraceContaining(why);
        }
        assertThat(orders.asked()).isEmpty();
    }
}
