package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.rollout.Gate.errorRate;
import static dev.lintel.traffic.rollout.Gate.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What concludes nothing holds; it neither passes nor breaches. */
class InconclusiveTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Rollout PLAN = Rollout.of(Orders.API)
            .to("v2")
            .steps(10, 100)
            .hold(Duration.ofMinutes(2))
            .every(MINUTE)
            .rollbackOnFailure();

    private static RunningRollout start(Rollout plan, Metrics metrics, VirtualClock clock) {
        return plan.on(FakeWorld.ofOrders(), List.of(Orders.API))
                .metrics(metrics)
                .clock(clock)
                .start();
    }

    private static List<String> inconclusive(RunningRollout rollout) {
        return rollout.events().stream()
                .filter(RolloutEvent.GateInconclusive.class::isInstance)
                .map(RolloutEvent::text)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> nothingHoldsWhateverItComesFrom() {
        Map<String, Metrics> sources = new LinkedHashMap<>();
        sources.put("no calls", question -> Orders.nothing("no calls"));
        sources.put(
                "connection refused",
                question -> CompletableFuture.failedFuture(new IOException("connection refused")));
        sources.put(
                "wrapped",
                question -> CompletableFuture.failedFuture(new CompletionException(new IOException("wrapped"))));
        sources.put("thrown at once", question -> {
            throw new IllegalStateException("thrown at once");
        });
        sources.put("NullPointerException", question -> {
            throw new NullPointerException();
        });
        sources.put("thrown by what it calls", question -> {
            throw new NoClassDefFoundError("thrown by what it calls");
        });
        sources.put("-1 % is no error rate", question -> Orders.value(-0.01));
        sources.put("150 % is no error rate", question -> Orders.value(1.5));
        sources.put("no answer", question -> CompletableFuture.completedFuture(null));
        sources.put("no calls ", question -> CompletableFuture.completedFuture(new Reading.Value(0, 0)));
        return sources.entrySet().stream()
                .map(source -> DynamicTest.dynamicTest(source.getKey(), () -> {
                    VirtualClock clock = Orders.noon();
                    RunningRollout rollout = start(PLAN.gate(errorRate().below(0.01)), source.getValue(), clock);
                    for (int minute = 0; minute < 10; minute++) {
                        clock.forward(MINUTE);
                    }
                    assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
                    assertThat(rollout.step()).isEqualTo(1);
                    assertThat(inconclusive(rollout))
                            .hasSize(10)
                            .containsOnly("inconclusive: error rate below 1 %: "
                                    + source.getKey().strip());
                }));
    }

    @Test
    @SuppressWarnings("NullAway") // what metrics written elsewhere may do
    void whoDoesNotEvenPromiseAnAnswerSaysNothing() {
        VirtualClock clock = Orders.noon();
        RunningRollout rollout = start(PLAN.gate(errorRate().below(0.01)), question -> null, clock);
        clock.forward(MINUTE);
        assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
        assertThat(inconclusive(rollout)).containsExactly("inconclusive: error rate below 1 %: no answer");
    }

    @Test
    void whoDoesNotAnswerInTimeSaysNothing() {
        VirtualClock clock = Orders.noon();
        CompletableFuture<Reading> late = new CompletableFuture<>();
        RunningRollout rollout = start(PLAN.gate(errorRate().below(0.01)), question -> late, clock);
        clock.forward(MINUTE);
        assertThat(rollout.state()).isEqualTo(RolloutState.JUDGING);
        clock.forward(Duration.ofSeconds(10));
        assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
        late.complete(new Reading.Value(1, 10));
        assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
        assertThat(inconclusive(rollout)).containsExactly("inconclusive: error rate below 1 %: no answer within 10s");
    }

    @Test
    void afterTheLimitItPausesAndNeverPasses() {
        VirtualClock clock = Orders.noon();
        Rollout plan = PLAN.gate(errorRate().below(0.01)).inconclusiveLimit(3);
        RunningRollout rollout = start(plan, question -> Orders.nothing("no calls"), clock);
        for (int minute = 0; minute < 60; minute++) {
            clock.forward(MINUTE);
        }
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.step()).isEqualTo(1);
        assertThat(rollout.why()).isEqualTo("3 looks in a row at the gates concluded nothing");
        assertThat(inconclusive(rollout)).hasSize(3);
    }

    @Test
    void theStepEndsWithTheFirstLookThatConcludesSomething() {
        VirtualClock clock = Orders.noon();
        Metrics later = question -> clock.instant().isBefore(Orders.NOON.plus(Duration.ofMinutes(7)))
                ? Orders.nothing("no calls")
                : Orders.value(0);
        RunningRollout rollout = start(PLAN.gate(errorRate().below(0.01)), later, clock);
        for (int minute = 0; minute < 7; minute++) {
            assertThat(rollout.step()).isEqualTo(1);
            clock.forward(MINUTE);
        }
        assertThat(rollout.step()).isEqualTo(2);
    }

    @Test
    void oneGateThatConcludesNothingHoldsAllOthers() {
        VirtualClock clock = Orders.noon();
        Rollout plan = PLAN.gate(errorRate().below(0.01)).gate(metric("depth").below(3));
        Metrics metrics = question ->
                question.name().equals("depth") ? Orders.nothing("there is no such metric") : Orders.value(0);
        RunningRollout rollout = start(plan, metrics, clock);
        for (int minute = 0; minute < 20; minute++) {
            clock.forward(MINUTE);
        }
        assertThat(rollout.step()).isEqualTo(1);
    }

    @Test
    void aBreachCountsAlthoughAnotherGateConcludesNothing() {
        VirtualClock clock = Orders.noon();
        Rollout plan = PLAN.gate(metric("depth").below(3)).gate(errorRate().below(0.01));
        Metrics metrics = question ->
                question.name().equals("depth") ? Orders.nothing("there is no such metric") : Orders.value(0.5);
        RunningRollout rollout = start(plan, metrics, clock);
        clock.forward(MINUTE);
        assertThat(rollout.state()).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void aMetricThatDoesNotExistIsToldBeforeTheFirstStepIsHeldAndHolds() {
        VirtualClock clock = Orders.noon();
        RunningRollout rollout = start(
                PLAN.gate(metric("queue_deep").below(3)),
                question -> Orders.nothing("there is no metric '" + question.name() + "'"),
                clock);
        assertThat(inconclusive(rollout))
                .containsExactly("inconclusive: queue_deep below 3: there is no metric 'queue_deep'");
        assertThat(clock.instant()).isEqualTo(Orders.NOON);
        for (int minute = 0; minute < 10; minute++) {
            clock.forward(MINUTE);
        }
        assertThat(rollout.step()).isEqualTo(1);
    }

    @Test
    void fewCallsConcludeNothing() {
        Gate gate = errorRate().below(0.01).atLeast(50);
        assertThat(Judge.judge(gate, new Reading.Value(0, 49)))
                .isEqualTo(new Verdict.Inconclusive(gate, "only 49 calls, and 50 are needed"));
        assertThat(Judge.judge(gate, new Reading.Value(0, -1)))
                .isEqualTo(
                        new Verdict.Inconclusive(gate, "it is not known how many calls there were, and 50 are needed"));
        assertThat(Judge.judge(gate, new Reading.Value(0, 50))).isInstanceOf(Verdict.Passed.class);
        assertThat(Judge.judge(errorRate().below(0.01), new Reading.Value(0, -1)))
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void aValueAtTheLimitIsABreach() {
        assertThat(Judge.judge(errorRate().below(0.01), new Reading.Value(0.01, 9)))
                .isInstanceOf(Verdict.Breached.class);
        assertThat(Judge.judge(metric("share").above(3), new Reading.Value(3, 9)))
                .isInstanceOf(Verdict.Breached.class);
        assertThat(Judge.judge(metric("share").above(3), new Reading.Value(3.1, 9)))
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void gatesNeedSomebodyWhoMeasures() {
        RolloutRun run = PLAN.gate(errorRate().below(0.01)).on(FakeWorld.ofOrders(), List.of(Orders.API));
        assertThatThrownBy(run::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the rollout of 'orders.shop' has gates, but nobody measures: say metrics(...)");
        assertThatThrownBy(() -> run.answerWithin(Duration.ZERO))
                .hasMessage("the limit for answers must be more than nothing and an hour at most, but was PT0S");
    }
}
