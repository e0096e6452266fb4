package dev.lintel.traffic.rollout.prometheus;

import static dev.lintel.traffic.rollout.Gate.errorRate;
import static dev.lintel.traffic.rollout.Gate.latencyP99;
import static dev.lintel.traffic.rollout.Gate.metric;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.testkit.Prometheus;
import dev.lintel.traffic.rollout.FakeWorld;
import dev.lintel.traffic.rollout.Orders;
import dev.lintel.traffic.rollout.Rollout;
import dev.lintel.traffic.rollout.RolloutEvent;
import dev.lintel.traffic.rollout.RolloutOutcome;
import dev.lintel.traffic.rollout.RolloutState;
import dev.lintel.traffic.rollout.RunningRollout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rollouts by the clock and by what a Prometheus says that scrapes a page. */
class RealPrometheusTest {
    private static final Rollout PLAN = Rollout.of(Orders.API)
            .to("v2")
            .steps(50, 100)
            .hold(Duration.ofSeconds(3))
            .every(Duration.ofSeconds(1))
            .gate(errorRate().below(0.05).atLeast(20))
            .gate(latencyP99().below(Duration.ofMillis(200)))
            .rollbackOnFailure();

    private final FakeWorld world = FakeWorld.ofOrders();

    private RunningRollout start(Rollout plan, Prometheus prometheus) {
        return plan.on(world, List.of(Orders.API))
                .metrics(PrometheusMetrics.at(prometheus.uri()))
                .start();
    }

    private static RolloutOutcome outcome(RunningRollout rollout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return rollout.finished().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    @Test
    void aGoodVersionIsRolledOut() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (MeshPage page = MeshPage.start(world::weights, 0);
                Prometheus prometheus = Prometheus.scraping(page.uri())) {
            RunningRollout rollout = start(PLAN, prometheus);
            assertThat(outcome(rollout)).hasToString("succeeded; weights are v1 0 %, v2 100 %");
            assertThat(world.changes()).containsExactly("v1=50,v2=50", "v1=0,v2=100");
            assertThat(rollout.events())
                    .filteredOn(RolloutEvent.GatePassed.class::isInstance)
                    .map(RolloutEvent.GatePassed.class::cast)
                    .anySatisfy(passed -> {
                        assertThat(passed.gate().metric()).isEqualTo(Question.LATENCY);
                        assertThat(passed.reading().value()).isBetween(0.025, 0.05);
                        assertThat(passed.reading().samples()).isPositive();
                    });
        }
    }

    @Test
    void aBadVersionIsRolledBack() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (MeshPage page = MeshPage.start(world::weights, 4);
                Prometheus prometheus = Prometheus.scraping(page.uri())) {
            RolloutOutcome outcome = outcome(start(PLAN, prometheus));
            assertThat(outcome.state()).isEqualTo(RolloutState.ROLLED_BACK);
            assertThat(outcome.why()).startsWith("error rate below 5 % was breached at 50 %: 2");
            assertThat(world.changes()).containsExactly("v1=50,v2=50", "v1=100,v2=0");
        }
    }

    @Test
    void onePrometheusThatGoesDownHoldsAndPauses() throws IOException, InterruptedException {
        try (MeshPage page = MeshPage.start(world::weights, 0)) {
            Prometheus prometheus = Prometheus.scraping(page.uri());
            RunningRollout rollout = start(PLAN.hold(Duration.ofMinutes(1)).inconclusiveLimit(4), prometheus);
            prometheus.close();
            CompletableFuture<String> paused = new CompletableFuture<>();
            rollout.listen(event -> {
                if (event instanceof RolloutEvent.Paused pause) {
                    paused.complete(pause.why());
                }
            });
            assertThat(paused.orTimeout(2, TimeUnit.MINUTES).join())
                    .isEqualTo("4 looks in a row at the gates concluded nothing");
            assertThat(world.changes()).containsExactly("v1=50,v2=50");
            rollout.close();
        }
    }

    @Test
    void aMetricThatDoesNotExistIsTold() throws IOException, InterruptedException {
        try (MeshPage page = MeshPage.start(world::weights, 0);
                Prometheus prometheus = Prometheus.scraping(page.uri())) {
            PrometheusMetrics metrics = PrometheusMetrics.at(prometheus.uri())
                    .timeout(Duration.ofMinutes(2))
                    .query("depth", "queue_deep{version=\"$version\"}")
                    .query("broken", "sum(");
            CompletableFuture<String> told = new CompletableFuture<>();
            RunningRollout rollout = Rollout.of(Orders.API)
                    .to("v2")
                    .steps(50)
                    .gate(metric("depth").below(3))
                    .on(world, List.of(Orders.API))
                    .metrics(metrics)
                    .answerWithin(Duration.ofMinutes(2))
                    .listener(event -> {
                        if (event instanceof RolloutEvent.GateInconclusive nothing) {
                            told.complete(nothing.why());
                        }
                    })
                    .start();
            assertThat(told.orTimeout(2, TimeUnit.MINUTES).join())
                    .isEqualTo("no calls were measured, or there is no such metric (the query found no series)");
            rollout.close();
            Question broken = new Question("orders.shop", "v2", "broken", 0, Duration.ofMinutes(1));
            assertThat(metrics.read(broken).toCompletableFuture().join())
                    .isInstanceOfSatisfying(
                            Reading.Nothing.class,
                            nothing -> assertThat(nothing.why())
                                    .startsWith("Prometheus cannot answer this query, bad_data: "));
        }
    }
}
