package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BreakerRule.Outliers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that Envoy documents for outlier detection. */
class OutlierDetectorTest {
    private static final Duration BASE = Duration.ofSeconds(30);
    private static final Draw MOST = bound -> bound - 1;

    private final ManualTime time = new ManualTime();
    private final Tally tally = new Tally();

    private record Setup(HostSet set, OutlierDetector detector) {
        Host host(int index) {
            return set.hosts().get(index);
        }

        void fail(int index, int status, int times) {
            for (int i = 0; i < times; i++) {
                detector.answered(host(index), status);
            }
        }

        void failLocally(int index, int times) {
            for (int i = 0; i < times; i++) {
                detector.failedLocally(host(index));
            }
        }
    }

    private static Outliers rule(int serverErrors, int gatewayErrors, Integer percent) {
        return new Outliers(
                serverErrors,
                gatewayErrors,
                false,
                0,
                Duration.ofSeconds(10),
                BASE,
                Duration.ofSeconds(300),
                Duration.ZERO,
                percent);
    }

    private static Outliers split(int serverErrors, int localFailures) {
        return new Outliers(
                serverErrors,
                0,
                true,
                localFailures,
                Duration.ofSeconds(10),
                BASE,
                Duration.ofSeconds(300),
                Duration.ZERO,
                100);
    }

    private Setup setup(int hosts, Outliers rule) {
        HostSet set = Fleets.of(hosts, Algorithm.ROUND_ROBIN, Draw.RANDOM);
        return new Setup(set, new OutlierDetector(rule, set, time, MOST, tally));
    }

    private void sweepAfter(Setup setup, long seconds) {
        time.forward(Duration.ofSeconds(seconds));
        setup.detector().sweep();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void a_host_is_out_after_exactly_the_said_number_of_5xx(int number) {
        Setup setup = setup(2, rule(number, 0, 50));
        setup.fail(0, 500, number - 1);
        assertThat(setup.host(0).ejected()).isFalse();

        setup.fail(0, 500, 1);

        assertThat(setup.host(0).ejected()).isTrue();
        assertThat(setup.detector().ejected()).isEqualTo(1);
        assertThat(tally.ejections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 404, 429, 499})
    void any_answer_that_is_no_5xx_resets_the_count(int status) {
        Setup setup = setup(1, rule(3, 3, 100));
        for (int i = 0; i < 5; i++) {
            setup.fail(0, 503, 2);
            setup.fail(0, status, 1);
        }
        assertThat(setup.host(0).ejected()).isFalse();

        setup.fail(0, 503, 3);
        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void local_failures_count_as_5xx_unless_they_are_split() {
        Setup setup = setup(1, rule(3, 0, 100));
        setup.failLocally(0, 2);
        setup.fail(0, 500, 1);

        assertThat(setup.host(0).ejected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"500, false", "501, false", "502, true", "503, true", "504, true", "505, false"})
    void gateway_errors_are_502_503_and_504(int status, boolean out) {
        Setup setup = setup(1, rule(0, 3, 100));
        setup.fail(0, status, 10);

        assertThat(setup.host(0).ejected()).isEqualTo(out);
    }

    @Test
    void local_failures_count_as_gateway_errors_unless_they_are_split() {
        Setup setup = setup(1, rule(0, 3, 100));
        setup.failLocally(0, 2);
        setup.fail(0, 503, 1);

        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void a_5xx_that_is_no_gateway_error_resets_the_gateway_errors_alone() {
        Setup setup = setup(1, rule(5, 3, 100));
        setup.fail(0, 503, 2);
        setup.fail(0, 500, 1);
        setup.fail(0, 503, 1);
        assertThat(setup.host(0).ejected()).isFalse();

        setup.fail(0, 500, 1);
        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void split_local_failures_have_a_count_of_their_own() {
        Setup setup = setup(1, split(3, 2));
        setup.fail(0, 500, 2);
        setup.failLocally(0, 1);
        assertThat(setup.host(0).ejected()).isFalse();

        setup.failLocally(0, 1);
        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void any_answer_resets_split_local_failures_and_only_a_good_one_the_5xx() {
        Setup setup = setup(1, split(3, 2));
        setup.failLocally(0, 1);
        setup.fail(0, 500, 2);
        setup.failLocally(0, 1);
        assertThat(setup.host(0).ejected()).isFalse();

        setup.fail(0, 500, 1);
        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void zero_never_ejects() {
        Setup setup = setup(1, rule(0, 0, 100));
        setup.fail(0, 503, 1_000);
        setup.failLocally(0, 1_000);

        assertThat(setup.host(0).ejected()).isFalse();
    }

    @Test
    void a_host_comes_back_only_with_a_sweep_after_its_time() {
        Setup setup = setup(1, rule(1, 0, 100));
        time.forward(Duration.ofSeconds(5));
        setup.fail(0, 500, 1);
        assertThat(setup.set().isReady()).isFalse();

        sweepAfter(setup, 29);
        assertThat(setup.host(0).ejected()).isTrue();
        time.forward(Duration.ofSeconds(1));
        assertThat(setup.host(0).ejected()).isTrue();
        assertThat(setup.set().isReady()).isFalse();

        setup.detector().sweep();
        assertThat(setup.host(0).ejected()).isFalse();
        assertThat(setup.set().isReady()).isTrue();
        assertThat(setup.detector().ejected()).isZero();
    }

    @Test
    void the_nth_ejection_lasts_n_times_as_long_up_to_the_longest() {
        Setup setup = setup(1, rule(1, 0, 100));
        for (long seconds : new long[] {30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300}) {
            setup.fail(0, 500, 1);
            assertThat(setup.host(0).ejected()).isTrue();
            sweepAfter(setup, seconds - 1);
            assertThat(setup.host(0).ejected()).as("before %s s", seconds).isTrue();
            sweepAfter(setup, 1);
            assertThat(setup.host(0).ejected()).as("after %s s", seconds).isFalse();
        }
    }

    @Test
    void the_multiplier_falls_by_one_with_each_sweep_in_which_the_host_was_in() {
        Setup setup = setup(1, rule(1, 0, 100));
        for (int i = 1; i <= 3; i++) {
            setup.fail(0, 500, 1);
            sweepAfter(setup, 30L * i);
        }
        sweepAfter(setup, 10);
        sweepAfter(setup, 10);

        // Three ejections and two sweeps in peace: the next ejection counts as the second.
        setup.fail(0, 500, 1);
        sweepAfter(setup, 59);
        assertThat(setup.host(0).ejected()).isTrue();
        sweepAfter(setup, 1);
        assertThat(setup.host(0).ejected()).isFalse();
    }

    @Test
    void the_multiplier_never_falls_below_nothing() {
        Setup setup = setup(1, rule(1, 0, 100));
        for (int i = 0; i < 20; i++) {
            sweepAfter(setup, 10);
        }
        setup.fail(0, 500, 1);
        sweepAfter(setup, 30);

        assertThat(setup.host(0).ejected()).isFalse();
    }

    @Test
    void the_jitter_comes_on_top() {
        Outliers said = rule(1, 0, 100);
        Setup setup = setup(
                1,
                new Outliers(
                        1, 0, false, 0, said.interval(), BASE, Duration.ofSeconds(300), Duration.ofSeconds(7), 100));
        setup.fail(0, 500, 1);
        sweepAfter(setup, 36);
        assertThat(setup.host(0).ejected()).isTrue();

        sweepAfter(setup, 1);
        assertThat(setup.host(0).ejected()).isFalse();
    }

    @Test
    void coming_back_resets_all_counts() {
        Setup setup = setup(1, rule(3, 4, 100));
        setup.fail(0, 503, 3);
        sweepAfter(setup, 30);

        // The fourth gateway error in a row, had they not been forgotten.
        setup.fail(0, 503, 2);
        assertThat(setup.host(0).ejected()).isFalse();
        setup.fail(0, 503, 1);
        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void failures_of_calls_that_were_under_way_do_not_eject_twice() {
        Setup setup = setup(2, rule(2, 2, 100));
        setup.fail(0, 503, 50);

        assertThat(tally.ejections()).isEqualTo(1);
        assertThat(setup.detector().ejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 1",
        "9, 10, 0",
        "3, 33, 0",
        "3, 34, 1",
        "2, 50, 1",
        "3, 66, 1",
        "3, 67, 2",
        "4, 100, 4",
        "1, 99, 0"
    })
    void no_more_than_the_said_share_is_out_at_once(int hosts, int percent, int out) {
        Setup setup = setup(hosts, rule(1, 0, percent));
        for (int i = 0; i < hosts; i++) {
            setup.fail(i, 500, 1);
        }

        assertThat(setup.detector().ejected()).isEqualTo(out);
        assertThat(setup.set().hosts().stream().filter(Host::ejected)).hasSize(out);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "5, 2"})
    void without_a_share_a_single_host_and_half_of_several_may_be_out(int hosts, int out) {
        Setup setup = setup(hosts, rule(1, 0, null));
        for (int i = 0; i < hosts; i++) {
            setup.fail(i, 500, 1);
        }

        assertThat(setup.detector().ejected()).isEqualTo(out);
    }

    @Test
    void a_host_that_stayed_in_for_the_share_is_asked_about_again_after_as_many_failures() {
        Setup setup = setup(2, rule(3, 0, 50));
        setup.fail(0, 500, 3);
        setup.fail(1, 500, 3);
        assertThat(setup.host(1).ejected()).isFalse();
        sweepAfter(setup, 30);

        setup.fail(1, 500, 2);
        assertThat(setup.host(1).ejected()).isFalse();
        setup.fail(1, 500, 1);
        assertThat(setup.host(1).ejected()).isTrue();
    }

    @Test
    void times_without_end_do_not_overflow() {
        Duration forever = Duration.ofNanos(Long.MAX_VALUE);
        Setup setup = setup(
                1, new Outliers(1, 0, false, 0, Duration.ofSeconds(10), forever, forever, Duration.ofDays(30), 100));
        setup.fail(0, 500, 1);
        sweepAfter(setup, Duration.ofDays(300).toSeconds());

        assertThat(setup.host(0).ejected()).isTrue();
    }

    @Test
    void of_calls_that_fail_on_many_threads_each_number_ejects_once() throws Exception {
        Setup setup = setup(8, rule(5, 0, 50));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int host = i;
                Callable<Void> work = () -> {
                    go.await();
                    for (int n = 0; n < 2_000; n++) {
                        setup.fail((host + n) % 8, 500, 1);
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

        assertThat(setup.detector().ejected()).isEqualTo(4);
        assertThat(setup.set().hosts().stream().filter(Host::ejected)).hasSize(4);
        assertThat(tally.ejections()).isEqualTo(4);
    }
}
