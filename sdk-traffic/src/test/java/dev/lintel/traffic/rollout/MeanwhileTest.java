package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.Split.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody else does to the world while a step is held. */
class MeanwhileTest {
    private static final ApiDefinition USERS =
            new ApiDefinition(ServiceRef.service("users"), "shop", List.of(), Origin.unknown());

    private final VirtualClock clock = Orders.noon();
    private final FakeWorld world = FakeWorld.ofOrders();
    private final RunningRollout rollout = Orders.rollout()
            .on(world, List.of(Orders.API))
            .metrics(Orders.good())
            .clock(clock)
            .start();

    private void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.forward(Duration.ofMinutes(1));
        }
    }

    private void apply(ApiDefinition... definitions) {
        world.apply(world.plan(List.of(definitions)));
    }

    @Test
    void whatSomebodyElseAppliedIsNotTakenAwayByTheNextStep() {
        minutes(5);
        apply(Orders.api(split("v1", 95, "v2", 5)), USERS);
        minutes(10);
        assertThat(world.model.api("users.shop")).isPresent();
        assertThat(world.weights()).isEqualTo("v1=95,v2=5");
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why())
                .isEqualTo("the world is not what the definitions say: Api users.shop differs; apply them first,"
                        + " or resume to have it done together with the step");
    }

    @Test
    void theLastStepHasPassedOnlyIfItIsStillInForce() {
        while (rollout.step() < Orders.rollout().steps().size()) {
            minutes(1);
        }
        minutes(5);
        apply(Orders.API);
        minutes(10);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why())
                .isEqualTo("the world is not what the definitions say: Api orders.shop differs; apply them first,"
                        + " or resume to have it done together with the step");
        rollout.resume();
        minutes(10);
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
        assertThat(world.weights()).isEqualTo("v1=0,v2=100");
    }

    @Test
    void whatHasEndedTellsWhereTheWorldIsAnotherOneMeanwhile() {
        RolloutStore store = RolloutStore.inMemory();
        rollout.abort();
        RolloutRun run = Orders.rollout()
                .on(world, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .store(store);
        try (RunningRollout first = run.start()) {
            minutes(60);
            assertThat(first.state()).isEqualTo(RolloutState.SUCCEEDED);
        }
        apply(Orders.API);
        try (RunningRollout again = run.start()) {
            assertThat(again.finished().toCompletableFuture().join().toString())
                    .isEqualTo(
                            "succeeded: the world is not what came of it: Api orders.shop differs; apply the definition"
                                    + " with these weights, or say anew(); weights are v1 0 %, v2 100 %");
        }
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
    }

    @Test
    void weightsThatSomebodyElseSetBackAreNotRaisedAgain() {
        minutes(5);
        apply(Orders.API);
        minutes(10);
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        rollout.resume();
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
    }

    @Test
    void aResumeAfterAnotherPauseAsksForTheSameWorldToo() {
        rollout.pause();
        apply(Orders.API, USERS);
        rollout.resume();
        minutes(5);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(world.model.api("users.shop")).isPresent();
    }

    @Test
    void aWorldThatIsSetRightInTimeIsGoneOnWith() {
        minutes(9);
        apply(Orders.API);
        minutes(1);
        assertThat(rollout.state()).isEqualTo(RolloutState.STEPPING);
        apply(Orders.api(split("v1", 95, "v2", 5)));
        clock.forward(Duration.ofSeconds(1));
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
    }
}
