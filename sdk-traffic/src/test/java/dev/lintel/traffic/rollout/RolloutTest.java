package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.Split.split;
import static dev.lintel.traffic.rollout.Gate.errorRate;
import static dev.lintel.traffic.rollout.Gate.latency;
import static dev.lintel.traffic.rollout.Gate.latencyP99;
import static dev.lintel.traffic.rollout.Gate.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.traffic.Timeout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a plan may say. */
class RolloutTest {
    private static final Rollout.To TO_V2 = Rollout.of(Orders.API).to("v2");

    @Test
    void aPlanIsAValueThatPrints() {
        assertThat(Orders.rollout()).isEqualTo(Orders.rollout());
        assertThat(Orders.rollout())
                .hasToString("rollout of orders.shop to v2: 5, 25, 50, 100 %, each held for 10m,"
                        + " error rate below 1 %, latency p99 below 200ms");
        assertThat(TO_V2.steps(10, 30)).hasToString("rollout of orders.shop to v2: 10, 30 %, each held for 10m");
    }

    @Test
    void stepsGoUpFrom1To100() {
        assertThatThrownBy(() -> TO_V2.steps())
                .hasMessage("a rollout needs at least one step, for example steps(5, 25, 50, 100)");
        assertThatThrownBy(() -> TO_V2.steps(5, 50, 25)).hasMessage("steps must go up, but 25 comes after 50");
        assertThatThrownBy(() -> TO_V2.steps(5, 5)).hasMessage("steps must go up, but 5 comes after 5");
        assertThatThrownBy(() -> TO_V2.steps(0, 5)).hasMessage("a step must be 1 to 100 percent, but was 0");
        assertThatThrownBy(() -> TO_V2.steps(5, 101)).hasMessage("a step must be 1 to 100 percent, but was 101");
        assertThatThrownBy(() -> TO_V2.steps(Integer.MIN_VALUE))
                .hasMessage("a step must be 1 to 100 percent, but was -2147483648");
        assertThat(TO_V2.steps(60).steps()).containsExactly(60);
    }

    @Test
    void stepsDoNotTakeAwayWhatTheVersionHas() {
        Rollout.To more = Rollout.of(Orders.api(split("v1", 90, "v2", 10))).to("v2");
        assertThatThrownBy(() -> more.steps(5, 25))
                .hasMessage("steps must go up, but the first is 5 and 'v2' has 10 percent already");
        assertThat(more.steps(10, 25).steps()).containsExactly(10, 25);
    }

    @Test
    void theVersionIsOneOfTheSplit() {
        assertThatThrownBy(() -> Rollout.of(Orders.API).to("v3"))
                .hasMessage("the split of 'orders.shop' has no version 'v3'; its versions are v1, v2");
        assertThatThrownBy(() -> Rollout.of(Orders.API).to("v1"))
                .hasMessage("'v1' of 'orders.shop' gets all calls already, so there is nothing to roll out");
        assertThatThrownBy(() -> Rollout.of(Orders.api(new Timeout(Duration.ofSeconds(1))))
                        .to("v2"))
                .hasMessage("'orders.shop' says no split, and a rollout moves the weights of one:"
                        + " say .split(\"v1\", 100, \"v2\", 0)");
    }

    @Test
    void timesAreWholeMillisecondsWithinReason() {
        Rollout plan = TO_V2.steps(5);
        assertThatThrownBy(() -> plan.hold(Duration.ZERO))
                .hasMessage("a hold must be whole milliseconds, 1 ms to 720h, but was PT0S");
        assertThatThrownBy(() -> plan.hold(Duration.ofMinutes(-1)))
                .hasMessage("a hold must be whole milliseconds, 1 ms to 720h, but was PT-1M");
        assertThatThrownBy(() -> plan.hold(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageStartingWith("a hold must be whole milliseconds, 1 ms to 720h, but was PT2562047788015215H");
        assertThatThrownBy(() -> plan.hold(Duration.ofNanos(1_500_000)))
                .hasMessage("a hold must be whole milliseconds, 1 ms to 720h, but was PT0.0015S");
        assertThatThrownBy(() -> plan.hold(Duration.ofMinutes(1)).every(Duration.ofMinutes(2)))
                .hasMessage("the interval between two looks at the gates must be whole milliseconds, 1 ms to 1m,"
                        + " but was PT2M");
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> TO_V2.steps(5).breachLimit(0))
                .hasMessage("the limit of breaches must be 1 to 10000, but was 0");
        assertThatThrownBy(() -> TO_V2.steps(5).inconclusiveLimit(10_001))
                .hasMessage("the limit of inconclusive looks must be 1 to 10000, but was 10001");
    }

    @Test
    void aGateIsSaidOnce() {
        assertThatThrownBy(() -> Orders.rollout().gate(errorRate().below(0.05)))
                .hasMessage("a gate on 'error rate below' is said twice; keep the stricter one");
        assertThat(Orders.rollout()
                        .gate(latency(0.5).below(Duration.ofMillis(20)))
                        .gates())
                .hasSize(3);
    }

    @Test
    void gatesCompareNumbersThatCanBe() {
        assertThatThrownBy(() -> errorRate().below(5))
                .hasMessage("an error rate is a share, 0 to 1, but was compared with 5.0; 5 % is written 0.05");
        assertThatThrownBy(() -> latencyP99().below(Duration.ofMillis(-1)))
                .hasMessage("a latency is not negative, but was compared with -0.001 s");
        assertThatThrownBy(() -> latency(1).below(Duration.ofMillis(1)))
                .hasMessage("the quantile of a latency must be more than 0 and less than 1, but was 1.0");
        assertThatThrownBy(() -> metric("depth").above(Double.NaN))
                .hasMessage("the limit of 'depth' must be a number, but was NaN");
        assertThatThrownBy(() -> metric("queue depth").below(1))
                .hasMessage("the name of a metric must be letters, digits, '_', ':', '.' and '-', at most 128, not"
                        + " beginning with a digit, but was 'queue depth'");
        assertThatThrownBy(() -> errorRate().below(0.1).atLeast(0))
                .hasMessage("a gate needs at least 1 sample, but was given 0");
    }

    @Test
    void gatesPrint() {
        assertThat(latency(0.999).above(Duration.ofSeconds(2))).hasToString("latency p99.9 above 2s");
        assertThat(metric("queue_depth").below(12.5)).hasToString("queue_depth below 12.5");
        assertThat(errorRate().below(0.0005)).hasToString("error rate below 0.05 %");
    }
}
