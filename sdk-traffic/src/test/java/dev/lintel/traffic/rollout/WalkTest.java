package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.Split.split;
import static dev.lintel.traffic.rollout.Gate.errorRate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way forward, and the way back after a breach. */
class WalkTest {
    private final VirtualClock clock = Orders.noon();
    private final FakeWorld world = FakeWorld.ofOrders();

    private RunningRollout start(Rollout plan, Metrics metrics) {
        return plan.on(world, List.of(Orders.API)).metrics(metrics).clock(clock).start();
    }

    private void pass(Duration time, Duration every) {
        for (Duration t = Duration.ZERO; t.compareTo(time) < 0; t = t.plus(every)) {
            clock.forward(every);
        }
    }

    @Test
    void eachStepIsHeldAndTheNextOneBeginsIfAllGatesPass() {
        RunningRollout rollout = start(Orders.rollout(), Orders.good());
        assertThat(world.weights()).isEqualTo("v1=95,v2=5");
        pass(Duration.ofMinutes(9), Duration.ofMinutes(1));
        assertThat(rollout.step()).isEqualTo(1);
        clock.forward(Duration.ofMinutes(1));
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
        assertThat(rollout.definition()).isEqualTo(Orders.api(split("v1", 75, "v2", 25)));
        pass(Duration.ofMinutes(30), Duration.ofMinutes(1));
        assertThat(world.changes()).containsExactly("v1=95,v2=5", "v1=75,v2=25", "v1=50,v2=50", "v1=0,v2=100");
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
        RolloutOutcome outcome = Orders.outcome(rollout);
        assertThat(outcome).hasToString("succeeded; weights are v1 0 %, v2 100 %");
        assertThat(outcome.applyTo(Orders.API)).isEqualTo(rollout.definition());
        assertThat(clock.instant()).isEqualTo(Orders.NOON.plus(Duration.ofMinutes(40)));
    }

    @Test
    void aBreachRestoresTheOriginalSplitAtOnce() {
        Metrics failing = question -> Orders.value(
                question.name().equals(Question.LATENCY)
                        ? 0.05
                        : world.weights().equals("v1=75,v2=25") ? 0.034 : 0.002);
        StringBuilder out = new StringBuilder();
        Rollout plan = Orders.rollout().every(Duration.ofMinutes(5));
        RunningRollout rollout = plan.on(world, List.of(Orders.API))
                .metrics(failing)
                .clock(clock)
                .listener(RolloutProgress.to(out))
                .start();
        pass(Duration.ofMinutes(20), Duration.ofMinutes(5));
        assertThat(world.changes()).containsExactly("v1=95,v2=5", "v1=75,v2=25", "v1=100,v2=0");
        assertThat(rollout.state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(out).hasToString("""
                2026-06-01T12:00:00Z orders.shop rollout of orders.shop to v2: 5, 25, 50, 100 %, each held for 10m, \
                error rate below 1 %, latency p99 below 200ms
                2026-06-01T12:00:00Z orders.shop step 1 of 4: 5 % for v2
                2026-06-01T12:00:00Z orders.shop weights are now v1 95 %, v2 5 %
                2026-06-01T12:05:00Z orders.shop passed: error rate below 1 %, it is 0.2 % of 500 calls
                2026-06-01T12:05:00Z orders.shop passed: latency p99 below 200ms, it is 50ms of 500 calls
                2026-06-01T12:10:00Z orders.shop passed: error rate below 1 %, it is 0.2 % of 500 calls
                2026-06-01T12:10:00Z orders.shop passed: latency p99 below 200ms, it is 50ms of 500 calls
                2026-06-01T12:10:00Z orders.shop step 2 of 4: 25 % for v2
                2026-06-01T12:10:00Z orders.shop weights are now v1 75 %, v2 25 %
                2026-06-01T12:15:00Z orders.shop breached: error rate below 1 %, but it is 3.4 % of 500 calls
                2026-06-01T12:15:00Z orders.shop passed: latency p99 below 200ms, it is 50ms of 500 calls
                2026-06-01T12:15:00Z orders.shop rolling back: error rate below 1 % was breached at 25 %: 3.4 % of 500 calls
                2026-06-01T12:15:00Z orders.shop weights are now v1 100 %, v2 0 %
                2026-06-01T12:15:00Z orders.shop rolled back: error rate below 1 % was breached at 25 %: 3.4 % of 500 calls; \
                weights are v1 100 %, v2 0 %
                """);
        assertThat(Orders.told(rollout)).isEqualTo(out.toString());
    }

    @Test
    void withoutRollbackABreachPauses() {
        Rollout plan = Rollout.of(Orders.API)
                .to("v2")
                .steps(5, 100)
                .hold(Duration.ofMinutes(10))
                .gate(errorRate().below(0.01));
        RunningRollout rollout = start(plan, Orders.always(0.01, 0));
        clock.forward(Duration.ofMinutes(1));
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why()).isEqualTo("error rate below 1 % was breached at 5 %: 1 % of 500 calls");
        assertThat(world.weights()).isEqualTo("v1=95,v2=5");
        pass(Duration.ofHours(1), Duration.ofMinutes(1));
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
    }

    @Test
    void someBreachesInARowMayBeForgivenButNoStepIsLeftOnOne() {
        List<Double> rates = new ArrayList<>(List.of(0.5, 0.5, 0.0, 0.5));
        Metrics metrics = question -> Orders.value(rates.isEmpty() ? 0 : rates.remove(0));
        Rollout plan = Rollout.of(Orders.API)
                .to("v2")
                .steps(10)
                .hold(Duration.ofMinutes(4))
                .every(Duration.ofMinutes(1))
                .gate(errorRate().below(0.01))
                .breachLimit(3)
                .rollbackOnFailure();
        RunningRollout rollout = start(plan, metrics);
        pass(Duration.ofMinutes(4), Duration.ofMinutes(1));
        assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
        clock.forward(Duration.ofMinutes(1));
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
    }

    @Test
    void gatesAreAskedAboutTheTimeSinceTheStepBeganAndAHoldAtMost() {
        List<String> asked = new ArrayList<>();
        Metrics metrics = question -> {
            asked.add(question.window() + " " + question.api() + " " + question.version());
            return asked.size() < 5 ? Orders.nothing("no calls") : Orders.value(0);
        };
        Rollout plan = Rollout.of(Orders.API)
                .to("v2")
                .steps(10)
                .hold(Duration.ofMinutes(10))
                .every(Duration.ofMinutes(4))
                .gate(errorRate().below(0.01));
        RunningRollout rollout = start(plan, metrics);
        pass(Duration.ofMinutes(18), Duration.ofMinutes(2));
        assertThat(asked)
                .containsExactly(
                        "PT4M orders.shop v2",
                        "PT8M orders.shop v2",
                        "PT10M orders.shop v2",
                        "PT10M orders.shop v2",
                        "PT10M orders.shop v2");
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
    }

    @Test
    void withoutGatesOnlyTimeIsNeeded() {
        RunningRollout rollout = Rollout.of(Orders.API)
                .to("v2")
                .steps(20, 40)
                .hold(Duration.ofMinutes(3))
                .on(world, () -> List.of(Orders.API))
                .clock(clock)
                .start();
        pass(Duration.ofMinutes(6), Duration.ofMinutes(3));
        assertThat(Orders.outcome(rollout)).hasToString("succeeded; weights are v1 60 %, v2 40 %");
    }
}
