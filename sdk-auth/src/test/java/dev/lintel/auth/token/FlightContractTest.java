package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenFetchException.Kind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The contract's lines on flights, waiters, stale tokens and closing. */
class FlightContractTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofMinutes(50);

    @Test
    void flightStatesFollowOneAnother() {
        Core core = new Core(HOUR);
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EMPTY);
        assertThat(core.asked()).isEqualTo("waits");
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.LOADING);
        core.executor.work();
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.FRESH);
        core.forward(STALE);
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.STALE);
        core.forward(Duration.ofMinutes(10));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        assertThat(core.asked()).isEqualTo("waits");
        core.executor.work();
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
        assertThat(core.handle.explain().backoff()).isTrue();
    }

    @Test
    void flightIsOnePerKey() {
        Core core = new Core(HOUR);
        var first = core.ask();
        var second = core.ask();
        assertThat(core.executor.work()).isOne();
        assertThat(first.join()).isSameAs(second.join());
        assertThat(core.source.requests()).isOne();
    }

    @Test
    void flightRunsOnTheCoresExecutor() {
        Core core = new Core(HOUR);
        AtomicReference<Thread> ran = new AtomicReference<>();
        core.source.answers((number, asked) -> {
            ran.set(Thread.currentThread());
            return FakeSource.fetched("t", asked, HOUR);
        });
        assertThat(core.asked()).isEqualTo("waits");
        assertThat(ran).hasNullValue();
        core.executor.work();
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    void flightOnTheCallersThreadWorksToo() {
        Core core = new Core(HOUR, settings -> settings.executor(Runnable::run));
        assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
    }

    @Test
    void flightHasItsOwnDeadline() {
        Core core = new Core(HOUR);
        var patient = core.handle.get(HOUR).toCompletableFuture();
        core.forward(Duration.ofSeconds(59));
        assertThat(Core.outcome(patient)).isEqualTo("waits");
        core.forward(Duration.ofSeconds(1));
        assertThat(Core.outcome(patient)).isEqualTo("No token for client 'shop', because it took longer than 60000 ms");
        assertThat(core.asked()).contains("; it is asked again in ");
        assertThat(core.time.timers()).isZero();
    }

    @Test
    void flightThatWasGivenUpIsStillWelcomeWhenItLands() {
        Core core = new Core(HOUR);
        var given = core.ask();
        core.forward(Duration.ofMinutes(1));
        assertThat(given).isCompletedExceptionally();
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.handle.explain().backoff()).isFalse();
    }

    @Test
    void flightThatFailsAfterItWasGivenUpChangesNothing() {
        Core core = new Core(HOUR);
        core.source.answers(FakeSource.failure(Kind.PERMANENT));
        var given = core.ask();
        core.forward(Duration.ofMinutes(1));
        assertThat(given).isCompletedExceptionally();
        core.executor.work();
        assertThat(core.handle.explain().lastError().kind()).isEqualTo(Kind.RETRYABLE);
        assertThat(core.events.of(TokenEvent.BackedOff.class)).hasSize(1);
    }

    @Test
    void flightThatNoThreadTakesFails() {
        Core core = new Core(
                HOUR,
                settings -> settings.executor(task -> {
                    throw new RejectedExecutionException("full");
                }));
        assertThat(core.asked()).isEqualTo("No token for client 'shop', because too much is being asked for");
    }

    @Test
    void waiterHasItsOwnTimeoutAndCancelsOnlyItself() {
        Core core = new Core(HOUR);
        var impatient = core.handle.get(Duration.ofSeconds(1)).toCompletableFuture();
        var cancelled = core.ask();
        var patient = core.ask();
        assertThat(cancelled.cancel(true)).isTrue();
        core.forward(Duration.ofSeconds(1));
        assertThat(Core.outcome(impatient))
                .isEqualTo("No token for client 'shop' within 1000 ms; the request for it goes on");
        assertThat(core.handle.explain().waiters()).isOne();
        core.executor.work();
        assertThat(Core.outcome(patient)).isEqualTo("t1");
        assertThat(core.source.requests()).isOne();
        assertThat(core.time.timers()).isZero();
    }

    @Test
    void waiterThatIsInterruptedLeavesAlone() {
        Core core = new Core(HOUR);
        Thread.currentThread().interrupt();
        assertThatThrownBy(core.handle::token).hasMessage("Interrupted while waiting for a token");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(core.handle.explain().waiters()).isZero();
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t1");
    }

    @Test
    void waitersAreBoundedAndThoseAboveFailFast() {
        Core core = new Core(HOUR, settings -> settings.waiters(2));
        var first = core.ask();
        var second = core.ask();
        assertThat(core.asked()).isEqualTo("No token for client 'shop', because 2 callers wait for it already");
        assertThat(core.events.of(TokenEvent.Refused.class))
                .containsExactly(new TokenEvent.Refused(core.handle.key(), TokenEvent.Refused.Reason.WAITERS));
        assertThat(second.cancel(true)).isTrue();
        var third = core.ask();
        core.executor.work();
        assertThat(Core.outcome(first)).isEqualTo("t1");
        assertThat(Core.outcome(third)).isEqualTo("t1");
    }

    @Test
    void staleAndACallerTheOldTokenAtOnceAndAFlight() {
        Core core = new Core(HOUR).loaded();
        core.forward(STALE);
        assertThat(core.handle.token().value().reveal()).as("did not wait").isEqualTo("t1");
        assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        assertThat(core.events.of(TokenEvent.StaleServed.class)).hasSize(2);
        assertThat(core.executor.work()).isOne();
        assertThat(core.asked()).isEqualTo("t2");
    }

    @Test
    void staleIsServedUntilTheHardDeadline() {
        Core core = new Core(HOUR).loaded();
        core.forward(HOUR.minusSeconds(10).minusNanos(1));
        assertThat(core.asked()).isEqualTo("t1");
        core.forward(Duration.ofNanos(1));
        assertThat(core.asked()).isEqualTo("waits");
    }

    @Test
    void staleInBackoffBeginsNoFlight() {
        Core core = new Core(HOUR).loaded();
        core.forward(STALE);
        core.source.answers(FakeSource.failure(Kind.RETRYABLE, Duration.ofSeconds(90)));
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.executor.work()).isOne();
        core.forward(Duration.ofSeconds(89));
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.executor.work()).isZero();
        core.forward(Duration.ofSeconds(1));
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.executor.work()).isOne();
    }

    /** What holds a monitor pins a virtual thread, and blocks an event loop that only wants to look. */
    @Test
    void flightHoldsNoLockOverInputAndOutput() {
        Core core = new Core(HOUR);
        AtomicReference<ThreadInfo> seen = new AtomicReference<>();
        core.source.answers((number, asked) -> {
            long self = Thread.currentThread().getId();
            seen.set(ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {self}, true, true)[0]);
            return FakeSource.fetched("t" + number, asked, HOUR);
        });
        core.loaded();
        assertThat(seen.get().getLockedMonitors())
                .noneMatch(monitor -> monitor.getClassName().startsWith("dev.lintel.auth.token"));
        assertThat(seen.get().getLockedSynchronizers()).isEmpty();
    }

    @Test
    void flightHindersNobodyWhoOnlyLooks() throws InterruptedException {
        CountDownLatch reply = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Core core = new Core(HOUR, settings -> settings.executor(task -> new Thread(task).start()));
        core.loadedByThread();
        core.source.answers((number, when) -> {
            asked.countDown();
            try {
                reply.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeSource.fetched("t" + number, when, HOUR);
        });
        core.forward(STALE);
        assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        asked.await();
        assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        assertThat(core.handle.explain().loading()).isNotNull();
        assertThat(core.handle.invalidate(core.handle.token())).isTrue();
        CompletableFuture<AccessToken> waiting = core.ask();
        assertThat(waiting).isNotDone();
        reply.countDown();
        assertThat(waiting.join().value().reveal()).isEqualTo("t2");
    }

    @Test
    void closeFailsWaitersAndStopsTimers() {
        Core core = new Core(HOUR);
        var waiting = core.ask();
        core.handle.close();
        core.handle.close();
        assertThat(Core.outcome(waiting)).isEqualTo("The token client 'shop' is closed");
        assertThat(core.asked()).isEqualTo("The token client 'shop' is closed");
        assertThat(core.time.timers()).isZero();
        core.executor.work();
        assertThat(core.asked()).isEqualTo("The token client 'shop' is closed");
        assertThat(core.handle.explain()).hasToString("client 'shop': closed at 2026-01-01T00:00:00Z");
    }

    @Test
    void closeRevokesTheTokenIfItIsToldHow() {
        java.util.List<String> revoked = new java.util.ArrayList<>();
        Core core = new Core(
                HOUR,
                settings -> settings.executor(Runnable::run)
                        .revoking(token -> revoked.add(token.value().reveal())));
        assertThat(core.asked()).isEqualTo("t1");
        core.handle.close();
        assertThat(revoked).containsExactly("t1");
        assertThat(core.time.timers()).isZero();
    }

    @Test
    void closeWaitsForTheRevocationNoLongerThanItIsTold() {
        Core[] made = new Core[1];
        Core core = new Core(
                HOUR,
                settings -> settings.executor(task -> {
                            if (made[0].source.requests() == 0) {
                                task.run();
                            } else {
                                made[0].forward(Duration.ofSeconds(2));
                            }
                        })
                        .revoking(token -> {}));
        made[0] = core;
        assertThat(core.asked()).isEqualTo("t1");
        core.handle.close();
        assertThat(core.asked()).isEqualTo("The token client 'shop' is closed");
    }

    @Test
    void closeRevokesATokenThatComesTooLate() {
        java.util.List<String> revoked = new java.util.ArrayList<>();
        Core core = new Core(
                HOUR,
                settings -> settings.revoking(token -> revoked.add(token.value().reveal())));
        assertThat(core.asked()).isEqualTo("waits");
        core.handle.close();
        core.executor.work();
        assertThat(revoked).containsExactly("t1");
    }
}
