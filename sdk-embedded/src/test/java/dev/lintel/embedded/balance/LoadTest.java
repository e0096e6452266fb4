package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.RetryRule.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that Envoy documents for circuit breaking and retry budgets. */
class LoadTest {
    private final Tally tally = new Tally();

    @Test
    void each_limit_lets_in_as_many_as_it_says() {
        Load load = new Load(new Limits(1, 2, 3, null), tally);

        for (Limit limit : List.of(load.connections(), load.pending(), load.calls())) {
            int most = limit == load.connections() ? 1 : limit == load.pending() ? 2 : 3;
            for (int i = 0; i < most; i++) {
                assertThat(limit.tryAcquire()).isTrue();
            }
            assertThat(limit.tryAcquire()).isFalse();
            limit.release();
            assertThat(limit.tryAcquire()).isTrue();
            assertThat(limit.now()).isEqualTo(most);
        }
    }

    @Test
    void nothing_is_limited_unless_it_is_said() {
        Load load = new Load(Limits.NONE, tally);
        for (int i = 0; i < 10_000; i++) {
            assertThat(load.calls().tryAcquire()).isTrue();
            assertThat(load.pending().tryAcquire()).isTrue();
            assertThat(load.connections().tryAcquire()).isTrue();
        }
        assertThat(load.limitsConnections()).isFalse();
    }

    @Test
    void a_picked_host_gets_a_connection_over_the_limit() {
        Load load = new Load(new Limits(1, null, null, null), tally);
        assertThat(load.connections().tryAcquire()).isTrue();
        load.connections().acquire();

        assertThat(load.connections().now()).isEqualTo(2);
        load.connections().release();
        assertThat(load.connections().tryAcquire()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "10, 3", "15, 3", "19, 3", "20, 4", "24, 4", "25, 5", "100, 20", "1000, 200"})
    void a_fifth_of_the_calls_under_way_may_be_retries_but_always_three(int calls, int retries) {
        Load load = new Load(Limits.NONE, tally);
        for (int i = 0; i < calls; i++) {
            load.calls().acquire();
        }
        assertThat(taken(load, Budget.DEFAULT)).isEqualTo(retries);
    }

    @Test
    void a_budget_of_nothing_allows_no_retry() {
        assertThat(new Load(Limits.NONE, tally).tryRetry(new Budget(0, 0))).isFalse();
    }

    @Test
    void a_limit_of_retries_takes_the_place_of_the_budget() {
        Load load = new Load(new Limits(null, null, null, 1), tally);
        for (int i = 0; i < 100; i++) {
            load.calls().acquire();
        }
        assertThat(taken(load, Budget.DEFAULT)).isEqualTo(1);
        assertThat(taken(new Load(new Limits(null, null, null, 0), tally), Budget.DEFAULT))
                .isZero();
    }

    private static int taken(Load load, Budget budget) {
        int taken = 0;
        while (load.tryRetry(budget)) {
            taken++;
        }
        assertThat(load.retries().now()).isEqualTo(taken);
        return taken;
    }

    @Test
    void counts_are_exact_however_many_threads_ask() throws Exception {
        Limit limit = new Limit(7);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Callable<Void> work = () -> {
                    go.await();
                    for (int n = 0; n < 20_000; n++) {
                        if (limit.tryAcquire()) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            limit.release();
                        }
                    }
                    return null;
                };
                all.add(threads.submit(work));
            }
            go.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(most.get()).isBetween(1, 7);
        assertThat(limit.now()).isZero();
    }
}
