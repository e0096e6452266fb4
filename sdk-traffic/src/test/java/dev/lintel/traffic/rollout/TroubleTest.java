package dev.lintel.traffic.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens if the world or the store do not do as they are told. */
class TroubleTest {
    private static final String SICK = "orders.shop: cannot be served; wait";

    private final VirtualClock clock = Orders.noon();
    private final FakeWorld world = FakeWorld.ofOrders();
    private final FragileStore store = new FragileStore();

    private RolloutRun run(Metrics metrics) {
        return Orders.rollout()
                .on(world, List.of(Orders.API))
                .metrics(metrics)
                .clock(clock)
                .store(store);
    }

    private void minutes(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.forward(Duration.ofMinutes(1));
        }
    }

    private static List<String> texts(RunningRollout rollout, Class<? extends RolloutEvent> type) {
        return rollout.events().stream()
                .filter(type::isInstance)
                .map(RolloutEvent::text)
                .toList();
    }

    @Test
    void aStalePlanIsPlannedAnew() {
        RunningRollout rollout = run(Orders.good()).start();
        minutes(9);
        world.stale = 2;
        minutes(3);
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
        assertThat(texts(rollout, RolloutEvent.Retrying.class))
                .containsExactly(
                        "trying again after 1s: plan for world: was made for state 'state 2', but the world is at"
                                + " 'state 3' now; plan again, and read what has changed",
                        "trying again after 2s: plan for world: was made for state 'state 3', but the world is at"
                                + " 'state 4' now; plan again, and read what has changed");
    }

    @Test
    void aPlanWithProblemsPausesAfterSomeTriesAndMayBeResumed() {
        RunningRollout rollout = run(Orders.good()).start();
        world.sick = Machine.TRIES;
        minutes(14);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why()).isEqualTo(SICK);
        assertThat(texts(rollout, RolloutEvent.Retrying.class)).hasSize(Machine.TRIES - 1);
        assertThat(Orders.weights(rollout.weights())).isEqualTo(world.weights()).isEqualTo("v1=95,v2=5");
        rollout.resume();
        assertThat(rollout.state()).isEqualTo(RolloutState.HOLDING);
        assertThat(world.weights()).isEqualTo("v1=75,v2=25");
    }

    @Test
    void aPlanThatWidensAccessPausesAtOnce() {
        RunningRollout rollout = run(Orders.good()).start();
        minutes(9);
        world.widening = 1;
        minutes(1);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(texts(rollout, RolloutEvent.Paused.class))
                .containsExactly("paused: this would widen access, which a rollout never does:"
                        + " orders.shop: newly public: /admin/**");
        assertThat(world.changes()).containsExactly("v1=95,v2=5");
    }

    @Test
    void aWorldThatIsNotWhatTheDefinitionsSayIsLeftAloneUntilSomebodyResumes() {
        FakeWorld empty = new FakeWorld();
        RunningRollout rollout = Orders.rollout()
                .on(empty, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .start();
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why())
                .isEqualTo("the world is not what the definitions say: Api orders.shop differs; apply them first,"
                        + " or resume to have it done together with the step");
        assertThat(empty.changes()).isEmpty();
        rollout.resume();
        assertThat(empty.changes()).containsExactly("v1=95,v2=5");
    }

    @Test
    void anAbortBeforeTheFirstStepTouchesNothing() {
        FakeWorld empty = new FakeWorld();
        RunningRollout rollout = Orders.rollout()
                .on(empty, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .start();
        rollout.abort();
        assertThat(rollout.state()).isEqualTo(RolloutState.ABORTED);
        assertThat(empty.changes()).isEmpty();
    }

    @Test
    void aRollBackThatCannotBeDoneFailsAndIsContinuedByAnotherStart() {
        Metrics bad = Orders.always(0.5, 0);
        RunningRollout rollout = run(bad).start();
        world.sick = Machine.TRIES_BACK;
        minutes(19);
        assertThat(rollout.state()).isEqualTo(RolloutState.ROLLING_BACK);
        rollout.pause();
        rollout.abort();
        minutes(1);
        assertThat(Orders.outcome(rollout))
                .hasToString(
                        "failed: the original split could not be restored: " + SICK
                                + " (error rate below 1 % was breached at 5 %: 50 % of 500 calls); weights are v1 95 %, v2 5 %");
        RunningRollout again = run(bad).start();
        assertThat(again.state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
    }

    @Test
    void whatCannotBeRecordedIsNotDoneOnTheWayForward() {
        RunningRollout rollout = run(Orders.good()).start();
        minutes(9);
        store.full = true;
        minutes(1);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(rollout.why()).isEqualTo("no space left");
        assertThat(texts(rollout, RolloutEvent.NotRecorded.class))
                .containsExactly("not recorded: no space left", "not recorded: no space left");
        assertThat(world.changes()).containsExactly("v1=95,v2=5");
        store.full = false;
        rollout.resume();
        minutes(40);
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
    }

    @Test
    void weightsThatAreSetAndNotRecordedAreToldAsTheyAre() {
        RunningRollout rollout = run(Orders.good())
                .listener(event -> store.full = event instanceof RolloutEvent.StepBegun begun && begun.step() == 2)
                .start();
        minutes(10);
        assertThat(rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(Orders.weights(rollout.weights())).isEqualTo(world.weights()).isEqualTo("v1=75,v2=25");
    }

    @Test
    void aRollBackIsNotHeldUpByTheStore() {
        RunningRollout rollout = run(Orders.always(0.5, 0)).start();
        store.full = true;
        minutes(1);
        assertThat(rollout.state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(world.weights()).isEqualTo("v1=100,v2=0");
    }

    @Test
    void aStoreThatCannotBeWrittenIsAFailureAtTheStart() {
        store.full = true;
        assertThatThrownBy(run(Orders.good())::start)
                .isInstanceOf(RolloutException.class)
                .hasMessage("no space left");
        store.full = false;
        assertThat(run(Orders.good()).start().state()).isEqualTo(RolloutState.HOLDING);
    }

    @Test
    void otherDefinitionsMayChangeMeanwhile() {
        List<List<ApiDefinition>> now = new ArrayList<>();
        now.add(List.of(Orders.API));
        RunningRollout rollout = Orders.rollout()
                .on(world, () -> now.get(0))
                .metrics(Orders.good())
                .clock(clock)
                .start();
        now.set(0, List.of());
        minutes(11);
        assertThat(texts(rollout, RolloutEvent.Retrying.class).get(0))
                .startsWith("trying again after 1s: 'orders.shop' is not among the definitions of this world");
        assertThat(world.weights()).isEqualTo("v1=95,v2=5");
    }

    /** A store whose disk may be full. */
    private static final class FragileStore implements RolloutStore {
        private final RolloutStore inner = RolloutStore.inMemory();
        private boolean full;

        @Override
        public Held open(String api, String who) {
            Held held = inner.open(api, who);
            return new Held() {
                @Override
                public Optional<RolloutRecord> read() {
                    return held.read();
                }

                @Override
                public void write(RolloutRecord record) {
                    if (full) {
                        throw new RolloutException("no space left");
                    }
                    held.write(record);
                }

                @Override
                public void close() {
                    held.close();
                }
            };
        }
    }
}
