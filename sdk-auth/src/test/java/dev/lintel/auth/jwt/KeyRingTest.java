package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.ManualExecutor;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.testing.TestKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final KeySettings SETTINGS = KeySettings.DEFAULT;

    private final FakeServer server = new FakeServer();
    private final TestClock clock = new TestClock();
    private final ManualExecutor fetching = new ManualExecutor();
    private final Http http = new Http(Duration.ofSeconds(5));
    private final KeyRing ring = new KeyRing(
            server.url(), new KeySource(http, server.url(), server.uri("/jwks")), SETTINGS, fetching, clock);

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private void publish(JWK... keys) {
        server.on("/jwks", Answer.json(TestKeys.jwks(keys)));
    }

    private void fail() {
        server.on("/jwks", Answer.of(503, "text/plain", "down"));
    }

    private CompletableFuture<Optional<KeyRing.Known>> ask() {
        return ring.keys().toCompletableFuture();
    }

    private KeyRing.Known fetched() {
        CompletableFuture<Optional<KeyRing.Known>> asked = ask();
        fetching.work();
        return asked.getNow(Optional.empty()).orElseThrow();
    }

    private static int keys(CompletableFuture<Optional<KeyRing.Known>> asked) {
        return asked.getNow(Optional.empty())
                .map(known -> known.keys().keys().size())
                .orElse(-1);
    }

    @Test
    void keysAreFetchedOnceHoweverManyWait() {
        publish(TestKeys.RSA);
        CompletableFuture<?> first = ask();
        CompletableFuture<?> second = ask();
        assertThat(first).isNotDone();
        assertThat(fetching.work()).isOne();
        assertThat(first).isDone();
        assertThat(second).isDone();
        assertThat(keys(ask())).isOne();
        assertThat(server.asked("/jwks")).isOne();
    }

    @Test
    void keysThatAreOldAreRefreshedInTheBackground() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        publish(TestKeys.RSA, TestKeys.EC);
        clock.forward(SETTINGS.refreshAfter().minusMillis(1));
        assertThat(keys(ask())).isOne();
        assertThat(fetching.work()).isZero();
        clock.forward(Duration.ofMillis(1));
        assertThat(keys(ask())).isOne();
        assertThat(keys(ask())).isOne();
        assertThat(ring.holds(old.generation(), clock.millis())).isTrue();
        assertThat(fetching.work()).isOne();
        assertThat(keys(ask())).isEqualTo(2);
        assertThat(ring.holds(old.generation(), clock.millis())).isFalse();
    }

    @Test
    void aTokenThatIsRememberedAlsoKeepsTheKeysYoung() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        clock.forward(SETTINGS.refreshAfter());
        assertThat(ring.holds(old.generation(), clock.millis())).isTrue();
        assertThat(fetching.work()).isOne();
        assertThat(ring.holds(old.generation(), clock.millis())).isTrue();
        assertThat(server.asked("/jwks")).isEqualTo(2);
    }

    @Test
    void keysThatAreVeryOldAreWaitedFor() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        clock.forward(SETTINGS.waitAfter());
        assertThat(ring.holds(old.generation(), clock.millis())).isFalse();
        CompletableFuture<Optional<KeyRing.Known>> asked = ask();
        assertThat(asked).isNotDone();
        assertThat(fetching.work()).isOne();
        assertThat(keys(asked)).isOne();
        assertThat(ring.holds(old.generation(), clock.millis())).isTrue();
    }

    @Test
    void theLastGoodKeysAreUsedWhileTheIssuerIsDown() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        fail();
        clock.forward(SETTINGS.waitAfter());
        assertThat(fetched()).isEqualTo(old);
        assertThat(ring.holds(old.generation(), clock.millis())).isTrue();
        clock.forward(Duration.ofSeconds(1));
        assertThat(ask()).isDone();
        assertThat(fetching.work()).isOne();
        clock.forward(SETTINGS.keepFor().minus(SETTINGS.waitAfter()));
        assertThat(ring.holds(old.generation(), clock.millis())).isFalse();
        CompletableFuture<Optional<KeyRing.Known>> tooLate = ask();
        fetching.work();
        assertThat(tooLate).isCompletedWithValue(Optional.empty());
        publish(TestKeys.RSA);
        clock.forward(Duration.ofMinutes(1));
        assertThat(fetched().generation()).isEqualTo(old.generation());
    }

    @Test
    void failuresAreRememberedAndThePausesGrow() {
        fail();
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            CompletableFuture<Optional<KeyRing.Known>> asked = ask();
            assertThat(fetching.work()).isOne();
            assertThat(asked).isCompletedWithValue(Optional.empty());
            clock.forward(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(ask()).isCompletedWithValue(Optional.empty());
            assertThat(fetching.work()).isZero();
            clock.forward(Duration.ofMillis(1));
        }
    }

    @Test
    void anOutageIsLoggedOnceAndItsEndToo() {
        fail();
        for (int i = 0; i < 3; i++) {
            assertThat(ask()).isNotDone();
            fetching.work();
            clock.forward(Duration.ofMinutes(1));
        }
        publish(TestKeys.RSA);
        assertThat(fetched().generation()).isOne();
        String name = "dev.lintel.auth.jwt.KeyRing ";
        assertThat(Logs.containing(server.url() + " "))
                .filteredOn(line -> line.contains(name))
                .containsExactly(
                        "WARN " + name + "The keys of issuer " + server.url() + " cannot be fetched, because "
                                + server.url() + "/jwks answered 503; trying again",
                        "DEBUG " + name + "The keys of issuer " + server.url() + " still cannot be fetched, because "
                                + server.url() + "/jwks answered 503",
                        "DEBUG " + name + "The keys of issuer " + server.url() + " still cannot be fetched, because "
                                + server.url() + "/jwks answered 503",
                        "INFO " + name + "The keys of issuer " + server.url() + " can be fetched again");
    }

    @Test
    void anIssuerWithoutKeysIsTakenAtItsWord() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        publish();
        clock.forward(SETTINGS.waitAfter());
        assertThat(fetched().keys().keys()).isEmpty();
        assertThat(ring.holds(old.generation(), clock.millis())).isFalse();
        assertThat(Logs.containing("Issuer " + server.url() + " has no key that can be used"))
                .hasSize(1);
    }

    @Test
    void newerKeysAreFetchedAtMostOnceInAWhile() {
        publish(TestKeys.RSA);
        KeyRing.Known old = fetched();
        publish(TestKeys.EC);
        assertThat(ring.newerThan(old).toCompletableFuture()).isCompletedWithValue(Optional.of(old));
        assertThat(fetching.work()).isZero();
        clock.forward(SETTINGS.refetchAfter());
        CompletableFuture<Optional<KeyRing.Known>> newer = ring.newerThan(old).toCompletableFuture();
        assertThat(ring.newerThan(old).toCompletableFuture()).isNotDone();
        assertThat(fetching.work()).isOne();
        KeyRing.Known now = newer.getNow(Optional.empty()).orElseThrow();
        assertThat(now.generation()).isEqualTo(old.generation() + 1);
        clock.forward(SETTINGS.refetchAfter());
        assertThat(ring.newerThan(old).toCompletableFuture()).isCompletedWithValue(Optional.of(now));
        assertThat(fetching.work()).isZero();
    }

    @Test
    void anExecutorThatIsFullHoldsNobodyUp() {
        KeyRing full = new KeyRing(
                server.url() + "/full",
                new KeySource(http, server.url(), server.uri("/jwks")),
                SETTINGS,
                task -> {
                    throw new RejectedExecutionException("full");
                },
                clock);
        assertThat(full.keys().toCompletableFuture()).isCompletedWithValue(Optional.empty());
        assertThat(Logs.containing(server.url() + "/full cannot be fetched, because too much is being fetched"))
                .hasSize(1);
    }

    @Test
    void anExecutorThatNeverComesToItHoldsNobodyUp() {
        KeySettings impatient = SETTINGS.withFetchTimeout(Duration.ofMillis(5));
        KeyRing stuck = new KeyRing(
                server.url(), new KeySource(http, server.url(), server.uri("/jwks")), impatient, fetching, clock);
        assertThat(stuck.keys().toCompletableFuture().join()).isEmpty();
        publish(TestKeys.RSA);
        assertThat(fetching.work()).isOne();
        assertThat(stuck.keys().toCompletableFuture()).isCompletedWithValue(Optional.empty());
    }
}
