package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.Split.split;
import static dev.lintel.traffic.rollout.Gate.errorRate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is measured, said and broken, in any order. */
class RolloutPropertyTest {
    private static final long SEED = 20261127;
    private static final int ROUNDS = 300;

    /** One rollout that random things happen to. */
    private static final class Life {
        private final Random random;
        private final VirtualClock clock = Orders.noon();
        private final ApiDefinition api;
        private final FakeWorld world;
        private final Rollout plan;
        private final RolloutStore store = RolloutStore.inMemory();
        private final String original;
        private RunningRollout rollout;
        private int bad;
        private int seen;

        Life(Random random) {
            this.random = random;
            int before = random.nextInt(20);
            int third = random.nextInt(50);
            api = Orders.api(split(weights(before, third)));
            world = FakeWorld.of(api);
            original = world.weights();
            bad = random.nextInt(3);
            int[] steps = random.ints(4, before + 1, 101).distinct().sorted().toArray();
            Rollout said = Rollout.of(api)
                    .to("v2")
                    .steps(steps)
                    .hold(Duration.ofMinutes(10))
                    .gate(errorRate().below(0.5))
                    .breachLimit(1 + random.nextInt(3))
                    .inconclusiveLimit(1 + random.nextInt(8));
            plan = random.nextBoolean() ? said : said.rollbackOnFailure();
            start();
        }

        private static Map<String, Integer> weights(int v2, int v3) {
            Map<String, Integer> weights = new LinkedHashMap<>();
            weights.put("v1", 100 - v2 - v3);
            weights.put("v2", v2);
            weights.put("v3", v3);
            return weights;
        }

        private void start() {
            rollout = plan.on(world, List.of(api))
                    .metrics(question -> read())
                    .clock(clock)
                    .store(store)
                    .start();
        }

        private CompletionStage<Reading> read() {
            int draw = random.nextInt(40);
            if (draw < 2 * bad) {
                return Orders.value(0.9);
            }
            return switch (draw - 2 * bad) {
                case 0 -> Orders.nothing("no calls");
                case 1 -> CompletableFuture.failedFuture(new IOException("down"));
                case 2 -> new CompletableFuture<>();
                default -> Orders.value(0.1);
            };
        }

        private void something() {
            switch (random.nextInt(60)) {
                case 0 -> rollout.pause();
                case 1, 2, 3, 4 -> rollout.resume();
                case 5 -> {
                    rollout.close();
                    start();
                }
                case 6 -> world.sick = random.nextInt(3) == 0 ? 3 * Machine.TRIES_BACK : random.nextInt(8);
                case 7 -> world.stale = random.nextInt(8);
                case 8 -> world.widening = random.nextInt(2);
                case 9 -> {
                    if (random.nextInt(6) == 0) {
                        rollout.abort();
                    }
                }
                case 10 -> {
                    if (random.nextInt(12) == 0) {
                        rollout.abortKeepingWeights();
                    }
                }
                default -> clock.forward(Duration.ofSeconds(1 + random.nextInt(180)));
            }
        }

        private int weight(String weights) {
            return Integer.parseInt(weights.replaceAll(".*v2=(\\d+).*", "$1"));
        }

        private void check(String where) {
            int now = weight(world.weights());
            int step = rollout.step();
            int allowed = step == 0 ? weight(original) : plan.steps().get(step - 1);
            assertThat(now).as("weight of v2 at step %d, %s", step, where).isLessThanOrEqualTo(allowed);
            List<String> changes = world.changes();
            int before = seen == 0 ? weight(original) : weight(changes.get(seen - 1));
            for (int i = seen; i < changes.size(); i++) {
                boolean back = changes.get(i).equals(original);
                assertThat(back || weight(changes.get(i)) >= before).as(where).isTrue();
                assertThat(i > 0 && changes.get(i - 1).equals(original))
                        .as("goes on after it was rolled back, %s", where)
                        .isFalse();
                before = weight(changes.get(i));
            }
            seen = changes.size();
            switch (rollout.state()) {
                case ROLLED_BACK -> assertThat(world.weights()).as(where).isEqualTo(original);
                case SUCCEEDED ->
                    assertThat(now)
                            .as(where)
                            .isEqualTo(plan.steps().get(plan.steps().size() - 1));
                default ->
                    assertThat(Orders.weights(rollout.weights())).as(where).isEqualTo(world.weights());
            }
        }
    }

    @Test
    void weightsGoUpStepByStepOrBackToWhatTheyWere() {
        Map<RolloutState, Integer> ends = new EnumMap<>(RolloutState.class);
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + SEED + ", round " + round;
            Life life = new Life(new Random(SEED + round));
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 3_000 && !life.rollout.state().isFinal(); i++) {
                life.something();
                seen.add(life.rollout.state().name());
                life.check(where);
            }
            assertThat(life.rollout.state().isFinal())
                    .as("ends, %s: %s", where, seen.stream().distinct().collect(Collectors.joining(", ")))
                    .isTrue();
            life.check(where);
            ends.merge(life.rollout.state(), 1, Integer::sum);
        }
        assertThat(ends.keySet())
                .as("%s", ends)
                .containsExactly(
                        RolloutState.SUCCEEDED, RolloutState.ROLLED_BACK, RolloutState.ABORTED, RolloutState.FAILED);
    }
}
