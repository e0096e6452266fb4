package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenFetchException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The contract's lines on failures. */
class FailureContractTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofMinutes(50);

    private static Core failing(Kind kind, Duration retryAfter) {
        Core core = new Core(HOUR);
        core.source.answers(FakeSource.failure(kind, retryAfter));
        return core;
    }

    private static TokenException refused(Core core) {
        var asked = core.ask();
        core.executor.work();
        return (TokenException)
                catchThrowableOfType(CompletionException.class, asked::join).getCause();
    }

    private static Duration pause(Core core) {
        return core.events
                .of(TokenEvent.BackedOff.class)
                .get(core.source.requests() - 1)
                .pause();
    }

    @Test
    void failureWhileTheTokenIsGoodKeepsTheTokenAndIsSeenByNobody() {
        Core core = new Core(HOUR).loaded();
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        core.forward(STALE);
        int seconds = 0;
        while (core.asked().equals("t1")) {
            core.executor.work();
            core.forward(Duration.ofSeconds(1));
            seconds++;
        }
        assertThat(seconds).isEqualTo(10 * 60 - 10);
        assertThat(core.events.of(TokenEvent.BackedOff.class)).allMatch(TokenEvent.BackedOff::served);
        assertThat(core.source.requests() - 1).isBetween(590 / 60, 100);
    }

    @Test
    void failurePauseIsDecorrelatedJitterFromHalfASecondToAMinute() {
        Core core = failing(Kind.RETRYABLE, null);
        Duration before = Duration.ofMillis(500);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 200; i++) {
            refused(core);
            Duration pause = pause(core);
            assertThat(pause)
                    .isBetween(Duration.ofMillis(500), before.multipliedBy(3))
                    .isLessThanOrEqualTo(Duration.ofSeconds(60));
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            before = pause;
            core.forward(pause);
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(30));
        assertThat(core.source.requests()).isEqualTo(200);
    }

    /** A pause that is computed with a shift is negative, or a million years, after sixty failures. */
    @Test
    void failurePauseDoesNotOverflow() {
        Backoff last = null;
        for (int i = 0; i < 100_000; i++) {
            last = Backoff.after(
                    last,
                    Backoff.Failure.retryable("down"),
                    "down",
                    TokenTimes.DEFAULT,
                    new Random(i),
                    Instant.EPOCH,
                    Long.MAX_VALUE - 1);
            assertThat(last.pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(60));
            assertThat(last.lasts(Long.MAX_VALUE - 1)).isTrue();
        }
    }

    @Test
    void failurePauseIsTheRetryAfterIfThatIsLonger() {
        Core core = failing(Kind.RETRYABLE, Duration.ofMinutes(2));
        assertThat(refused(core).retryIn()).isEqualTo(Duration.ofMinutes(2));
        core.forward(Duration.ofSeconds(119));
        assertThat(core.asked()).endsWith("; it is asked again in 1000 ms");
        core.forward(Duration.ofSeconds(1));
        assertThat(core.asked()).isEqualTo("waits");
        Core brief = failing(Kind.RETRYABLE, Duration.ZERO);
        refused(brief);
        assertThat(pause(brief)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void failureWithAMonstrousRetryAfterPausesForAnHour() {
        Core core = failing(Kind.RETRYABLE, Duration.ofSeconds(Long.MAX_VALUE));
        refused(core);
        assertThat(pause(core)).isEqualTo(HOUR);
    }

    @Test
    void failureWithoutATokenIsTheSameInstanceWrappedForEachCaller() {
        Core core = failing(Kind.RETRYABLE, null);
        var first = core.ask();
        var second = core.ask();
        core.executor.work();
        TokenException one = (TokenException)
                catchThrowableOfType(CompletionException.class, first::join).getCause();
        TokenException two = (TokenException)
                catchThrowableOfType(CompletionException.class, second::join).getCause();
        assertThat(one).isNotSameAs(two).hasMessage("No token for client 'shop', because it is RETRYABLE");
        assertThat(one.getCause()).isSameAs(two.getCause()).isInstanceOf(TokenException.class);
        assertThat(one.kind()).isEqualTo(Kind.RETRYABLE);
    }

    @Test
    void failureWithoutATokenFailsCallersInBackoffFastWithTheTimeToRetry() {
        Core core = failing(Kind.RETRYABLE, Duration.ofSeconds(30));
        refused(core);
        core.forward(Duration.ofSeconds(10));
        TokenException fast = refused(core);
        assertThat(fast)
                .hasMessage("No token for client 'shop', because it is RETRYABLE; it is asked again in 20000 ms");
        assertThat(fast.retryIn()).isEqualTo(Duration.ofSeconds(20));
        assertThat(core.source.requests()).isOne();
        assertThat(core.events.of(TokenEvent.Refused.class))
                .containsExactly(new TokenEvent.Refused(core.handle.key(), TokenEvent.Refused.Reason.BACKOFF));
    }

    @Test
    void errorClassPermanentPausesLongWithAHalfOpenProbe() {
        for (Kind kind : new Kind[] {Kind.PERMANENT, Kind.INVALID_GRANT}) {
            Core core = failing(kind, null);
            refused(core);
            assertThat(pause(core)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
            core.forward(Duration.ofMinutes(5).minusMillis(1));
            assertThat(core.asked()).contains("; it is asked again in ");
            core.forward(Duration.ofSeconds(31));
            var probe = core.ask();
            var others = List.of(core.ask(), core.ask());
            assertThat(core.executor.work()).as("one request is the probe").isOne();
            assertThat(Core.outcome(probe)).isEqualTo("No token for client 'shop', because it is " + kind);
            assertThat(others).allMatch(other -> Core.outcome(other).equals(Core.outcome(probe)));
            assertThat(core.asked()).contains("; it is asked again in ");
            core.forward(Duration.ofSeconds(330));
            core.source.answers(FakeSource.token(HOUR));
            assertThat(core.asked()).isEqualTo("waits");
            core.executor.work();
            assertThat(core.asked()).as("the probe closes it").isEqualTo("t3");
            assertThat(core.handle.explain().backoff()).isFalse();
        }
    }

    @Test
    void errorClassPermanentKeepsAGoodToken() {
        Core core = new Core(HOUR).loaded();
        core.forward(STALE);
        core.source.answers(FakeSource.failure(Kind.PERMANENT));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        core.forward(Duration.ofMinutes(4));
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.executor.work()).isZero();
    }

    @Test
    void errorClassPermanentCanBeResetByHand() {
        Core core = failing(Kind.PERMANENT, null);
        refused(core);
        core.source.answers(FakeSource.token(HOUR));
        core.handle.reset();
        assertThat(core.handle.explain().backoff()).isFalse();
        assertThat(core.handle.explain().lastError().why())
                .isEqualTo("No token for client 'shop', because it is PERMANENT");
        assertThat(core.asked()).isEqualTo("waits");
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t2");
    }

    @Test
    void errorClassRetryableBeginsSmallAgainAfterSuccess() {
        Core core = failing(Kind.RETRYABLE, null);
        for (int i = 0; i < 20; i++) {
            refused(core);
            core.forward(Duration.ofSeconds(60));
        }
        core.source.answers(FakeSource.token(HOUR));
        core.loaded();
        core.forward(HOUR);
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        refused(core);
        List<TokenEvent.BackedOff> pauses = core.events.of(TokenEvent.BackedOff.class);
        assertThat(pauses.get(pauses.size() - 1).pause()).isLessThanOrEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void neverBlindRetryAnAmbiguousRequest() {
        Core core = failing(Kind.AMBIGUOUS, null);
        TokenException refused = refused(core);
        assertThat(refused.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(core.source.requests()).isOne();
        assertThat(core.executor.work()).as("nothing is sent by itself").isZero();
        core.forward(Duration.ofMinutes(2));
        assertThat(core.executor.work()).isZero();
        core.source.answers(FakeSource.token(HOUR));
        core.loaded();
        assertThat(core.source.requests())
                .as("the next caller's is a new request of the source")
                .isEqualTo(2);
    }

    @Test
    void aSourceThatThrowsAnythingElseIsAFailureWithoutItsWords() {
        Core core = new Core(HOUR);
        core.source.answers((number, asked) -> {
            throw new IllegalStateException("canary-core-3f2a");
        });
        assertThat(refused(core)).hasMessage("No token for client 'shop', because of a fault in here");
        assertThat(dev.lintel.auth.testing.Logs.containing("canary-core-3f2a")).isEmpty();
        assertThat(dev.lintel.auth.testing.Logs.containing(
                        "What gets tokens for client 'shop' threw java.lang.IllegalStateException"))
                .isNotEmpty();
    }

    /** Issue: an outage of ten minutes is at most one request per back-off step and per Retry-After. */
    @Test
    void outageOfTenMinutesIsOneRequestForEachPause() {
        for (Duration retryAfter : new Duration[] {null, Duration.ofSeconds(45)}) {
            Core core = failing(Kind.RETRYABLE, retryAfter);
            List<Duration> sent = new ArrayList<>();
            for (Duration at = Duration.ZERO; at.compareTo(Duration.ofMinutes(10)) < 0; at = at.plusMillis(100)) {
                for (int caller = 0; caller < 10; caller++) {
                    assertThat(core.asked()).isNotEqualTo("t1");
                }
                if (core.executor.work() > 0) {
                    sent.add(at);
                }
                core.forward(Duration.ofMillis(100));
            }
            List<TokenEvent.BackedOff> pauses = core.events.of(TokenEvent.BackedOff.class);
            assertThat(sent).hasSize(core.source.requests()).hasSameSizeAs(pauses);
            for (int i = 0; i + 1 < sent.size(); i++) {
                assertThat(sent.get(i + 1).minus(sent.get(i)))
                        .isGreaterThanOrEqualTo(pauses.get(i).pause())
                        .isGreaterThanOrEqualTo(retryAfter == null ? Duration.ofMillis(500) : retryAfter);
            }
            assertThat(sent.size())
                    .isLessThanOrEqualTo(retryAfter == null ? 60 : 14)
                    .isGreaterThan(5);
        }
    }
}
