package dev.lintel.traffic.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.VirtualClock;
import dev.lintel.traffic.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What people may do to a rollout, and who may run one. */
class CommandsTest {
    private final VirtualClock clock = Orders.noon();
    private final FakeWorld world = FakeWorld.ofOrders();
    private final RolloutStore store = RolloutStore.inMemory();

    private RolloutRun run() {
        return Orders.rollout()
                .on(world, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .store(store)
                .as("the first");
    }

    private void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.forward(Duration.ofMinutes(1));
        }
    }

    @Test
    void aPauseWaitsAndAResumeHoldsTheStepAnew() {
        RunningRollout rollout = run().start();
        minutes(15);
        rollout.pause();
        minutes(100);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why()).isEqualTo("by hand");
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
        rollout.resume();
        minutes(9);
        assertThat(rollout.step()).isEqualTo(2);
        minutes(1);
        assertThat(rollout.step()).isEqualTo(3);
        assertThat(world.changes()).containsExactly("v1=95,v2=5", "v1=75,v2=25", "v1=50,v2=50");
    }

    @Test
    void anAbortRestoresTheOriginalSplit() {
        RunningRollout rollout = run().start();
        minutes(25);
        rollout.abort();
        assertThat(Orders.outcome(rollout)).hasToString("aborted: aborted by hand; weights are v1 100 %, v2 0 %");
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
        rollout.resume();
        rollout.pause();
        minutes(100);
        assertThat(rollout.state()).isEqualTo(RolloutState.ABORTED);
    }

    @Test
    void anAbortMayKeepTheWeights() {
        RunningRollout rollout = run().start();
        minutes(15);
        rollout.pause();
        rollout.abortKeepingWeights();
        assertThat(Orders.outcome(rollout))
                .hasToString("aborted: by hand, keeping the weights; weights are v1 75 %, v2 25 %");
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
    }

    @Test
    void aSecondRolloutOfTheApiIsRefusedAndToldWhoHasIt() {
        RunningRollout rollout = run().start();
        String message = "'orders.shop' is being rolled out by the first; wait until that has ended, or abort it there";
        assertThatThrownBy(run().as("the second")::start)
                .isInstanceOf(RolloutException.class)
                .hasMessage(message);
        assertThatThrownBy(run().as("the second").store(RolloutStore.inMemory())::start)
                .hasMessage(message);
        FakeWorld other = FakeWorld.ofOrders();
        assertThatThrownBy(Orders.rollout()
                        .on(other, List.of(Orders.API))
                        .metrics(Orders.good())
                        .clock(clock)
                        .store(store)::start)
                .hasMessage(message);
        rollout.abort();
        assertThat(run().anew().start().state()).isEqualTo(RolloutState.HOLDING);
    }

    @Test
    void whatIsClosedIsContinuedWhereItStood() {
        RunningRollout rollout = run().start();
        minutes(15);
        rollout.close();
        minutes(100);
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
        assertThatThrownBy(() -> Orders.outcome(rollout))
                .hasCause(new CancellationException("the rollout of orders.shop was closed before its end;"
                        + " started again with the same store it continues"));
        RunningRollout again = run().start();
        assertThat(again.step()).isEqualTo(2);
        assertThat(again.events().get(0).text()).isEqualTo(Orders.rollout() + "; it was HOLDING, and is continued");
        minutes(30);
        assertThat(again.state()).isEqualTo(RolloutState.SUCCEEDED);
        assertThat(world.changes()).containsExactly("v1=95,v2=5", "v1=75,v2=25", "v1=50,v2=50", "v1=0,v2=100");
    }

    @Test
    void aPauseOutlivesItsProcess() {
        RunningRollout rollout = run().start();
        rollout.pause();
        rollout.close();
        RunningRollout again = run().start();
        minutes(100);
        assertThat(again.state()).isEqualTo(RolloutState.PAUSED);
        again.resume();
        minutes(40);
        assertThat(again.state()).isEqualTo(RolloutState.SUCCEEDED);
    }

    @Test
    void whatHasEndedIsNotTriedAgainUnlessItIsSaid() {
        RunningRollout rollout = run().start();
        rollout.abort();
        RunningRollout again = run().start();
        assertThat(again.finished().toCompletableFuture()).isCompleted();
        assertThat(again.state()).isEqualTo(RolloutState.ABORTED);
        assertThat(again.events().get(0).text())
                .isEqualTo(Orders.rollout() + "; it was ABORTED before, and is begun again only with anew()");
        assertThat(run().anew().start().state()).isEqualTo(RolloutState.HOLDING);
    }

    @Test
    void anotherPlanDoesNotContinueWhatHasNotEnded() {
        run().start().close();
        RolloutRun other = Rollout.of(Orders.API)
                .to("v2")
                .steps(10, 100)
                .on(world, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .store(store);
        assertThatThrownBy(other::start)
                .isInstanceOf(RolloutException.class)
                .hasMessage("another rollout of 'orders.shop' has not ended: to v2 by [5, 25, 50, 100] from v1 100 %,"
                        + " v2 0 %, it is HOLDING; continue or abort it by starting it with that plan, or delete its"
                        + " record");
        RunningRollout first = run().start();
        first.abort();
        assertThat(other.start().state()).isEqualTo(RolloutState.HOLDING);
    }

    @Test
    void theDefinitionsMustHoldTheApiAsItIsInThePlan() {
        assertThatThrownBy(() -> Orders.rollout()
                        .on(world, List.of())
                        .metrics(Orders.good())
                        .start())
                .hasMessage("'orders.shop' is not among the definitions of this world; a plan without it would delete"
                        + " it, so give on() all of them");
        assertThatThrownBy(() -> Orders.rollout()
                        .on(world, List.of(Orders.api(Split.split("v1", 90, "v2", 10))))
                        .metrics(Orders.good())
                        .start())
                .hasMessage("'orders.shop' has another split among the definitions of this world (v1 90 %, v2 10 %)"
                        + " than in the rollout (v1 100 %, v2 0 %); give both the same definition");
    }

    @Test
    void whoListensLaterIsToldEverythingOnce() {
        RunningRollout rollout = run().start();
        minutes(15);
        List<RolloutEvent> heard = new ArrayList<>();
        rollout.listen(heard::add);
        minutes(30);
        assertThat(heard).isEqualTo(rollout.events());
        assertThat(heard.get(heard.size() - 1)).isInstanceOf(RolloutEvent.Finished.class);
    }

    @Test
    void aListenerMayStopTheRollout() {
        List<RunningRollout> running = new ArrayList<>();
        RunningRollout rollout = run().listener(event -> {
                    if (event instanceof RolloutEvent.StepBegun step && step.step() == 3) {
                        running.get(0).abort();
                    }
                })
                .start();
        running.add(rollout);
        minutes(30);
        assertThat(rollout.state()).isEqualTo(RolloutState.ABORTED);
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
    }

    @Test
    void aListenerThatThrowsIsToldNothingMoreAndHoldsNobodyUp() {
        List<RolloutEvent> heard = new ArrayList<>();
        RunningRollout rollout = run().listener(event -> {
                    throw new IllegalStateException("the page is closed");
                })
                .listener(heard::add)
                .start();
        minutes(40);
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
        assertThat(heard)
                .filteredOn(RolloutEvent.ListenerFailed.class::isInstance)
                .extracting(RolloutEvent::text)
                .containsExactly("a listener failed and is told nothing more: the page is closed");
    }
}
