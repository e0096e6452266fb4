package dev.lintel.traffic.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many ask at once, a bucket gives what it holds. */
class ManyThreadsTest {
    private static final int THREADS = 8;
    private static final int CALLS = 20_000;
    private static final int BURST = 5_000;

    @ParameterizedTest
    @EnumSource(
            value = RateLimit.By.class,
            names = {"ALL", "CALLER"})
    void neverGetMoreThanTheBurstAndWhatTheTimeBrings(RateLimit.By by) throws Exception {
        Calls calls = new Calls(new RateLimit(1000, Duration.ofSeconds(1), BURST, by, null));
        Guard.Call alice = Calls.caller("https://id.example", "alice");
        assertThat(together(() -> calls.passing(alice, CALLS))).isEqualTo(BURST);
        calls.forward(Duration.ofMillis(1234));
        assertThat(together(() -> calls.passing(alice, CALLS))).isEqualTo(1234);
    }

    @ParameterizedTest
    @EnumSource(
            value = RateLimit.By.class,
            names = {"CALLER"})
    void neverLoseABucketWhileTheTableGrows(RateLimit.By by) throws Exception {
        Calls calls = new Calls(new RateLimit(1, Duration.ofHours(1), 2, by, null));
        int passed = together(() -> {
            int mine = 0;
            for (int i = 0; i < CALLS; i++) {
                mine += calls.limiter.check(Calls.caller("https://id.example", "u" + i)) == null ? 1 : 0;
            }
            return mine;
        });
        assertThat(passed).isEqualTo(2 * CALLS);
        assertThat(calls.limiter.size()).isEqualTo(CALLS);
    }

    private static int together(Callable<Integer> each) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            int sum = 0;
            for (Future<Integer> future : futures) {
                sum += future.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
