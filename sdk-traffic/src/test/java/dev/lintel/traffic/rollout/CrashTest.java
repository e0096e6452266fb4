package dev.lintel.traffic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.traffic.rollout.file.FileRolloutStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment a process ends at, the one that continues comes to the end that it would have come to. */
class CrashTest {
    private static final int LONG_ENOUGH = 400;
    private static final int NEVER = 0;

    @TempDir
    Path folder;

    /** One life after the other, until the rollout has ended. */
    private static final class Lives {
        private final VirtualClock clock = Orders.noon();
        private final RolloutStore store;
        private final Metrics metrics;
        private final int abortedAt;
        private final boolean worldDies;
        private FakeWorld world = FakeWorld.ofOrders();
        private RolloutOutcome outcome;
        private int minutes;
        private int crashes;

        Lives(RolloutStore store, boolean bad, int abortedAt, boolean worldDies) {
            this.store = store;
            this.abortedAt = abortedAt;
            this.worldDies = worldDies;
            this.metrics = question -> Orders.value(
                    bad
                                    && question.name().equals(Question.ERROR_RATE)
                                    && world.weights().equals("v1=75,v2=25")
                            ? 0.5
                            : 0.001);
        }

        /** Lives with a fuse, then as often as needed without one; answers how many points it had. */
        int live(Fuse fuse) {
            Fuse now = fuse;
            while (outcome == null) {
                assertThat(minutes).as("minutes").isLessThan(LONG_ENOUGH);
                life(now);
                now = new Fuse(0);
            }
            return fuse.points();
        }

        private void life(Fuse fuse) {
            try (RunningRollout rollout = start(fuse)) {
                while (!rollout.finished().toCompletableFuture().isDone() && minutes < LONG_ENOUGH) {
                    if (rollout.step() == abortedAt && rollout.state() == RolloutState.HOLDING) {
                        rollout.abort();
                    }
                    clock.forward(Duration.ofMinutes(1));
                    minutes++;
                }
                if (rollout.finished().toCompletableFuture().isCompletedExceptionally()) {
                    crash();
                } else {
                    outcome = Orders.outcome(rollout);
                }
            } catch (Fuse.Crash e) {
                crash();
            }
        }

        private void crash() {
            crashes++;
            if (worldDies) {
                world = FakeWorld.ofOrders();
            }
        }

        private RunningRollout start(Fuse fuse) {
            return Orders.rollout()
                    .on(fuse.in(world), List.of(Orders.API))
                    .metrics(metrics)
                    .clock(clock)
                    .store(fuse.in(store))
                    .start();
        }
    }

    @TestFactory
    Stream<DynamicTest> aRolloutThatSucceeds() {
        return crashes(RolloutStore::inMemory, false, NEVER, 18);
    }

    @TestFactory
    Stream<DynamicTest> aRolloutThatIsRolledBack() {
        return crashes(RolloutStore::inMemory, true, NEVER, 14);
    }

    @TestFactory
    Stream<DynamicTest> aRolloutThatIsAborted() {
        return crashes(RolloutStore::inMemory, false, 2, 14);
    }

    @TestFactory
    Stream<DynamicTest> aRolloutThatIsRecordedInFiles() {
        List<Path> folders = new ArrayList<>();
        return crashes(
                () -> {
                    folders.add(folder.resolve("store" + folders.size()));
                    return FileRolloutStore.in(folders.get(folders.size() - 1));
                },
                true,
                NEVER,
                14);
    }

    private static Stream<DynamicTest> crashes(
            Supplier<RolloutStore> stores, boolean bad, int abortedAt, int pointsAtLeast) {
        Lives whole = new Lives(stores.get(), bad, abortedAt, false);
        int points = whole.live(new Fuse(0));
        assertThat(points).isGreaterThanOrEqualTo(pointsAtLeast);
        List<DynamicTest> tests = new ArrayList<>();
        for (int point = 1; point <= points; point++) {
            int at = point;
            Stream.of(false, true).forEach(worldDies -> {
                Lives broken = new Lives(stores.get(), bad, abortedAt, worldDies);
                tests.add(DynamicTest.dynamicTest(
                        "ends at point " + at + (worldDies ? ", and the world with it" : ""),
                        () -> same(broken, at, whole)));
            });
        }
        return tests.stream();
    }

    private static void same(Lives broken, int at, Lives whole) {
        int reached = broken.live(new Fuse(at));
        assertThat(reached).isEqualTo(at);
        assertThat(broken.crashes).isEqualTo(1);
        assertThat(broken.outcome.state()).isEqualTo(whole.outcome.state());
        assertThat(broken.outcome.weights()).isEqualTo(whole.outcome.weights());
        if (broken.worldDies) {
            // A world that began anew after the end was recorded is not what came of it, and that is told.
            String told = "the world is not what came of it: Api orders.shop differs; apply the definition with these"
                    + " weights, or say anew()";
            assertThat(broken.outcome.why()).isIn(whole.outcome.why(), told);
        } else {
            assertThat(broken.outcome).isEqualTo(whole.outcome);
            assertThat(broken.world.weights()).isEqualTo(whole.world.weights());
            // What was done is not done again: each change happened once.
            assertThat(broken.world.changes()).isEqualTo(whole.world.changes());
        }
    }
}
