package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.core.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThunderingHerdTest {
    private static final int CALLERS = 1_000;

    private final CountDownLatch ready = new CountDownLatch(CALLERS);

    @Test
    void aThousandFirstCallersAreOneRequest() throws InterruptedException {
        Answer token = Answer.json("{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        try (FakeServer server = new FakeServer();
                Tokens tokens = Tokens.clientCredentials(server.uri("/token"), "shop", Secret.of("s3cret"))) {
            server.on("/token", afterAllAreReady(token));
            assertThat(outcomes(tokens)).hasSize(CALLERS).containsOnly("Bearer t1");
            assertThat(server.asked("/token")).isOne();
        }
    }

    @Test
    void aThousandFirstCallersShareOneFailure() throws InterruptedException {
        try (FakeServer server = new FakeServer();
                Tokens tokens = Tokens.clientCredentials(server.uri("/token"), "shop", Secret.of("s3cret"))) {
            server.on("/token", afterAllAreReady(Answer.of(503, "text/plain", "down")));
            String why = "No token for client 'shop', because " + server.url() + "/token answered 503";
            assertThat(outcomes(tokens)).hasSize(CALLERS).allMatch(outcome -> outcome.startsWith(why));
            assertThat(server.asked("/token")).isOne();
        }
    }

    @Test
    void aThousandThatDoNotBlockAreOneRequest() {
        try (FakeServer server = new FakeServer();
                Tokens tokens = Tokens.clientCredentials(server.uri("/token"), "shop", Secret.of("s3cret"))) {
            server.on("/token", Answer.json("{\"access_token\":\"t1\",\"token_type\":\"Bearer\"}"));
            List<CompletableFuture<AccessToken>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(tokens.get().toCompletableFuture());
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            assertThat(all).allMatch(token -> token.join() == all.get(0).join());
            assertThat(server.asked("/token")).isOne();
        }
    }

    private Answer afterAllAreReady(Answer answer) {
        return exchange -> {
            try {
                assert ready.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.give(exchange);
        };
    }

    private Queue<String> outcomes(Tokens tokens) throws InterruptedException {
        Queue<String> outcomes = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> {
                ready.countDown();
                try {
                    outcomes.add(tokens.token().authorization());
                } catch (TokenException e) {
                    outcomes.add(String.valueOf(e.getMessage()));
                }
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return outcomes;
    }
}
