package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenFetchException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The six columns in which the peers were measured: one request in each, and nobody suffers while a token is good. */
class HerdTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int THREADS = 16;

    /** All ask from many threads at once; none of them may block, so the number of threads does not limit them. */
    private static List<CompletableFuture<AccessToken>> ask(Core core, int callers) throws InterruptedException {
        Queue<CompletableFuture<AccessToken>> asked = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int share = callers / THREADS + (i < callers % THREADS ? 1 : 0);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int call = 0; call < share; call++) {
                    asked.add(core.ask());
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(asked).hasSize(callers);
        return new ArrayList<>(asked);
    }

    private static void assertAll(List<CompletableFuture<AccessToken>> asked, String outcome) {
        assertThat(asked).allMatch(one -> Core.outcome(one).equals(outcome));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void coldIsOneRequest(int callers) throws InterruptedException {
        Core core = new Core(HOUR);
        List<CompletableFuture<AccessToken>> asked = ask(core, callers);
        assertAll(asked, "waits");
        assertThat(core.handle.explain().waiters()).isEqualTo(callers);
        assertThat(core.executor.work()).isOne();
        assertAll(asked, "t1");
        assertThat(core.source.requests()).isOne();
        assertThat(core.handle.explain().waiters()).isZero();
        assertThat(core.time.timers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void expiredIsOneRequest(int callers) throws InterruptedException {
        Core core = new Core(HOUR).loaded();
        core.forward(HOUR);
        List<CompletableFuture<AccessToken>> asked = ask(core, callers);
        assertThat(core.executor.work()).isOne();
        assertAll(asked, "t2");
        assertThat(core.source.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void staleIsOneRequestAndNobodyBlocks(int callers) throws InterruptedException {
        Core core = new Core(HOUR).loaded();
        core.forward(Duration.ofMinutes(50));
        assertAll(ask(core, callers), "t1");
        for (int i = 0; i < callers; i++) {
            // The request is not even sent yet: who blocked would block for ever.
            assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        }
        assertThat(core.executor.work()).isOne();
        assertAll(ask(core, callers), "t2");
        assertThat(core.source.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void slowerThanFiveSecondsIsOneRequest(int callers) throws InterruptedException {
        Core core = new Core(HOUR);
        List<CompletableFuture<AccessToken>> asked = ask(core, callers);
        core.source.answers((number, when) -> {
            core.forward(Duration.ofSeconds(6));
            return FakeSource.fetched("slow", when, HOUR);
        });
        assertThat(core.executor.work()).isOne();
        assertAll(asked, "slow");
        assertThat(core.source.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void slowByAMinuteIsStillOneRequestThoughCallersGiveUp(int callers) throws InterruptedException {
        Core core = new Core(HOUR);
        List<CompletableFuture<AccessToken>> impatient = ask(core, callers);
        core.forward(Duration.ofSeconds(30));
        assertAll(impatient, "No token for client 'shop' within 30000 ms; the request for it goes on");
        List<CompletableFuture<AccessToken>> patient = ask(core, callers);
        core.forward(Duration.ofSeconds(29));
        assertThat(core.executor.work()).isOne();
        assertAll(patient, "t1");
        assertThat(core.source.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void failingWithAGoodTokenIsOneRequestAndNoError(int callers) throws InterruptedException {
        Core core = new Core(HOUR).loaded();
        core.forward(Duration.ofMinutes(50));
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        assertAll(ask(core, callers), "t1");
        assertThat(core.executor.work()).isOne();
        assertAll(ask(core, callers), "t1");
        assertThat(core.executor.work()).as("the pause lasts").isZero();
        assertThat(core.source.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void failingWithoutATokenIsOneRequestAndOneFailure(int callers) throws InterruptedException {
        Core core = new Core(HOUR);
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        List<CompletableFuture<AccessToken>> asked = ask(core, callers);
        assertThat(core.executor.work()).isOne();
        assertAll(asked, "No token for client 'shop', because it is RETRYABLE");
        assertThat(ask(core, callers)).allMatch(one -> Core.outcome(one).contains("; it is asked again in "));
        assertThat(core.executor.work()).isZero();
        assertThat(core.source.requests()).isOne();
    }
}
