package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.ManualExecutor;
import dev.lintel.auth.testing.VirtualTime;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Secret SECRET = Secret.of("s3cret");

    private final FakeServer server = new FakeServer();
    private final VirtualTime clock = new VirtualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final Tokens tokens = tokens(grant());

    @AfterEach
    void close() {
        tokens.close();
        server.close();
    }

    private ClientCredentials grant() {
        return ClientCredentials.at(server.uri("/token"), "shop", SECRET, "orders.read", "orders.write");
    }

    private Tokens tokens(ClientCredentials grant) {
        return Tokens.of(grant, settings());
    }

    private TokenSettings settings() {
        return TokenSettings.defaults()
                .clocks(clock, clock::nanos)
                .timers(clock)
                .random(new Random(1))
                .executor(executor)
                .instance("pod-1")
                .timeout(Duration.ofSeconds(5));
    }

    private static Answer token(String value, int seconds) {
        return Answer.json(
                "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}");
    }

    private CompletableFuture<AccessToken> ask() {
        return tokens.get().toCompletableFuture();
    }

    private static String value(CompletableFuture<AccessToken> asked) {
        assertThat(asked).isDone();
        return asked.join().value().reveal();
    }

    private static String failure(CompletableFuture<AccessToken> asked) {
        try {
            return "token " + asked.getNow(null);
        } catch (CompletionException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }

    @Test
    void theClientSaysWhoItIsInTheHeader() {
        server.on("/token", token("t1", 300));
        CompletableFuture<AccessToken> asked = ask();
        assertThat(executor.work()).isOne();
        assertThat(asked.join().authorization()).isEqualTo("Bearer t1");
        assertThat(asked.join().scopes()).containsExactly("orders.read", "orders.write");
        assertThat(asked.join().expires()).isEqualTo(clock.instant().plusSeconds(300));
        FakeServer.Asked request = server.asked().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().get("Authorization")).containsExactly("Basic c2hvcDpzM2NyZXQ=");
        assertThat(request.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
        assertThat(request.headers().get("Accept")).containsExactly("application/json");
        assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=orders.read+orders.write");
    }

    @Test
    void metadataTellsWhereTheTokenEndpointIs() {
        server.on(
                        "/.well-known/openid-configuration",
                        Answer.json("{\"issuer\":\"" + server.url() + "\",\"token_endpoint\":\"" + server.url()
                                + "/token\"}"))
                .on("/token", token("t1", 300));
        try (Tokens discovering = tokens(ClientCredentials.of(server.url(), "shop", SECRET))) {
            CompletableFuture<AccessToken> asked = discovering.get().toCompletableFuture();
            executor.work();
            assertThat(value(asked)).isEqualTo("t1");
        }
    }

    @Test
    void aTokenIsKeptAndRefreshedBeforeItExpires() {
        server.on("/token", token("old", 1_000));
        assertThat(ask()).isNotDone();
        executor.work();
        assertThat(value(ask())).isEqualTo("old");
        server.on("/token", token("new", 1_000));
        clock.forward(Duration.ofSeconds(549));
        assertThat(value(ask())).isEqualTo("old");
        assertThat(executor.work()).isZero();
        clock.forward(Duration.ofSeconds(251));
        assertThat(value(ask())).isEqualTo("old");
        assertThat(value(ask())).isEqualTo("old");
        assertThat(executor.work()).isOne();
        assertThat(value(ask())).isEqualTo("new");
        assertThat(server.asked("/token")).isEqualTo(2);
    }

    @Test
    void aTokenThatIsAboutToExpireIsNotHandedOut() {
        server.on("/token", token("old", 1_000));
        assertThat(ask()).isNotDone();
        executor.work();
        clock.forward(Duration.ofSeconds(990).minusMillis(1));
        assertThat(value(ask())).isEqualTo("old");
        clock.forward(Duration.ofMillis(1));
        server.on("/token", token("new", 1_000));
        CompletableFuture<AccessToken> waiting = ask();
        assertThat(waiting).isNotDone();
        executor.work();
        assertThat(value(waiting)).isEqualTo("new");
    }

    @Test
    void shortLivedTokensAreUsedToo() {
        server.on("/token", token("brief", 2));
        assertThat(ask()).isNotDone();
        executor.work();
        clock.forward(Duration.ofSeconds(1));
        assertThat(value(ask())).isEqualTo("brief");
        assertThat(executor.work()).isZero();
        clock.forward(Duration.ofSeconds(1));
        assertThat(ask()).isNotDone();
        assertThat(executor.work()).isOne();
    }

    @Test
    void whileTheOldTokenIsGoodNobodySeesAFailure() {
        server.on("/token", token("old", 1_000));
        assertThat(ask()).isNotDone();
        executor.work();
        server.on("/token", Answer.of(500, "text/plain", "down"));
        clock.forward(Duration.ofSeconds(800));
        int requests = 0;
        for (int i = 0; i < 180; i++) {
            assertThat(value(ask())).isEqualTo("old");
            requests += executor.work();
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(requests).isBetween(4, 40);
        server.on("/token", token("new", 1_000));
        clock.forward(Duration.ofSeconds(10));
        CompletableFuture<AccessToken> waiting = ask();
        for (int i = 0; i < 60 && executor.work() == 0; i++) {
            clock.forward(Duration.ofSeconds(1));
            waiting = ask();
        }
        assertThat(value(waiting)).isEqualTo("new");
    }

    @Test
    void withoutATokenAllWaitersGetTheSameFailure() {
        server.on("/token", Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        CompletableFuture<AccessToken> first = ask();
        CompletableFuture<AccessToken> second = ask();
        assertThat(executor.work()).isOne();
        String why = "No token for client 'shop', because " + server.url() + "/token answered 401 invalid_client;"
                + " check the client's id, its credential and how it is sent";
        assertThat(failure(first)).isEqualTo(why);
        assertThat(failure(second)).isEqualTo(why);
        assertThat(failure(ask())).matches(java.util.regex.Pattern.quote(why) + "; it is asked again in \\d+ ms");
        assertThat(executor.work()).isZero();
        clock.forward(Duration.ofSeconds(330));
        server.on("/token", token("t1", 300));
        CompletableFuture<AccessToken> later = ask();
        assertThat(executor.work()).isOne();
        assertThat(value(later)).isEqualTo("t1");
    }

    @Test
    void retryAfterIsHonoured() {
        server.on("/token", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            exchange.sendResponseHeaders(429, -1);
        });
        CompletableFuture<AccessToken> asked = ask();
        executor.work();
        assertThat(failure(asked)).endsWith("/token answered 429; it may work later");
        assertThat(tokens.explain().lastError().pauseLeft()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void oneWhoGivesUpDoesNotSpoilItForOthers() {
        server.on("/token", token("t1", 300));
        CompletableFuture<AccessToken> impatient = ask();
        CompletableFuture<AccessToken> patient = ask();
        assertThat(impatient.cancel(true)).isTrue();
        executor.work();
        assertThat(value(patient)).isEqualTo("t1");
    }

    @Test
    void lifetimesThatAreNotSaidOrMonstrousAreBounded() {
        server.on("/token", Answer.json("{\"access_token\":\"t\",\"token_type\":\"bearer\",\"scope\":\"a  b\"}"));
        CompletableFuture<AccessToken> unsaid = ask();
        executor.work();
        assertThat(unsaid.join().expires()).isEqualTo(clock.instant().plusSeconds(300));
        assertThat(unsaid.join().scopes()).containsExactly("a", "b");
        server.on(
                "/token",
                Answer.json("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":9223372036854775807}"));
        clock.forward(Duration.ofMinutes(5));
        CompletableFuture<AccessToken> monstrous = ask();
        executor.work();
        assertThat(monstrous.join().expires()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    }

    @Test
    void aServerThatIsSilentIsGivenUp() {
        server.on("/token", server.never());
        try (Tokens impatient =
                Tokens.of(grant(), settings().executor(Runnable::run).timeout(Duration.ofMillis(100)))) {
            assertThatThrownBy(impatient::token)
                    .isInstanceOf(TokenException.class)
                    .hasMessage("No token for client 'shop', because " + server.url()
                            + "/token did not answer within 100 ms");
        }
    }

    @Test
    void anExecutorThatIsFullHoldsNobodyUp() {
        try (Tokens full = Tokens.of(grant(), settings().executor(task -> {
            throw new RejectedExecutionException("full");
        }))) {
            assertThatThrownBy(full::token)
                    .hasMessage("No token for client 'shop', because too much is being asked for");
        }
    }

    @Test
    void whoWaitsIsToldWhenTheClientIsClosed() {
        CompletableFuture<AccessToken> waiting = ask();
        tokens.close();
        assertThat(failure(waiting)).isEqualTo("The token client 'shop' is closed");
        assertThatThrownBy(tokens::token).hasMessage("The token client 'shop' is closed");
        executor.work();
        assertThat(server.asked("/token")).isZero();
    }

    @Test
    void whoIsInterruptedIsTold() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(tokens::token).hasMessage("Interrupted while waiting for a token");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void grantsAreCheckedAtTheCall() {
        assertThatThrownBy(() -> ClientCredentials.at(java.net.URI.create("http://id.example/token"), "a", SECRET))
                .hasMessage("a token endpoint must be https, because anybody on the way could forge what plain http"
                        + " brings; only loopback is excepted, but was 'http://id.example/token'");
        assertThatThrownBy(() -> ClientCredentials.of("http://id.example", "a", SECRET))
                .hasMessageStartingWith("an issuer must be https");
        assertThatThrownBy(() -> ClientCredentials.at(server.uri("/token"), " ", SECRET))
                .hasMessage("a client id must not be blank");
        assertThatThrownBy(() -> ClientCredentials.at(server.uri("/token"), "a", SECRET, "b c"))
                .hasMessage("a scope must be visible ASCII without spaces, quotes and backslashes (RFC 6749, 3.3),"
                        + " but client 'a' asks for 'b c'");
        assertThatThrownBy(() -> grant().resource(java.net.URI.create("/orders")))
                .hasMessage("a resource must be an absolute URI without fragment (RFC 8707, 2), but was '/orders'");
    }
}
