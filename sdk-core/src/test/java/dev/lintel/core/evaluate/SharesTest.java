package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final SplitRule CANARY = split(90, 10);

    @Test
    void aSplitOf90And10GetsExactly90And10OfAllDraws() {
        assertThat(drawn(CANARY)).isEqualTo(Map.of("v1", 90, "v2", 10));
        assertThat(drawn(split(10, 20, 70))).isEqualTo(Map.of("v1", 10, "v2", 20, "v3", 70));
    }

    @Test
    void weight0GetsExactlyNone() {
        assertThat(drawn(split(100, 0))).isEqualTo(Map.of("v1", 100));
        assertThat(drawn(split(0, 100))).isEqualTo(Map.of("v2", 100));
        assertThat(drawn(split(50, 0, 50))).isEqualTo(Map.of("v1", 50, "v3", 50));
        for (int i = 0; i < 10_000; i++) {
            assertThat(Shares.byHash(split(50, 0, 50), "caller-" + i)).isNotEqualTo("v2");
        }
    }

    @Test
    void drawsAreSharedByWeight() {
        Random random = new Random(42);
        int second = 0;
        for (int i = 0; i < 100_000; i++) {
            second += Shares.draw(CANARY, random::nextInt).equals("v2") ? 1 : 0;
        }
        // Six standard deviations of a binomial with 100,000 draws and p = 0.1.
        assertThat(second).isBetween(10_000 - 570, 10_000 + 570);
    }

    @Test
    void theChanceOfTheJvmStaysBelowItsBound() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(Draw.RANDOM.below(100)).isBetween(0, 99);
        }
    }

    @Test
    void callersAreSharedByWeight() {
        for (SplitRule split : List.of(CANARY, split(50, 50), split(1, 99), split(20, 30, 50))) {
            Map<String, Integer> counts = new TreeMap<>();
            for (int i = 0; i < 100_000; i++) {
                counts.merge(Shares.byHash(split, "user-" + i), 1, Integer::sum);
            }
            for (Share share : split.shares()) {
                double expected = share.weight() * 1_000.0;
                double deviation = Math.sqrt(expected * (1 - share.weight() / 100.0));
                assertThat((double) counts.get(share.version()))
                        .as("%s of %s", share, split)
                        .isBetween(expected - 5 * deviation, expected + 5 * deviation);
            }
        }
    }

    @RepeatedTest(10)
    void raisingAVersionsShareMovesNobodyAwayFromIt(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int[] before = weights(random, 2 + random.nextInt(4));
        int raised = random.nextInt(before.length);
        int[] after = before.clone();
        for (int i = 0; i < after.length; i++) {
            int less = i == raised ? 0 : random.nextInt(after[i] + 1);
            after[i] -= less;
            after[raised] += less;
        }
        for (int i = 0; i < 20_000; i++) {
            String caller = Long.toString(random.nextLong(), 36);
            String was = Shares.byHash(split(before), caller);
            String is = Shares.byHash(split(after), caller);
            String up = "v" + (raised + 1);
            assertThat(was.equals(up) && !is.equals(up))
                    .as("seed %d: %s moved from %s to %s", seed, caller, was, is)
                    .isFalse();
        }
    }

    @Test
    void aRolloutInStepsMovesEachCallerOnceAtTheMost() {
        for (int i = 0; i < 5_000; i++) {
            String before = "v1";
            int moves = 0;
            for (int weight = 0; weight <= 100; weight += 5) {
                String now = Shares.byHash(split(100 - weight, weight), "user-" + i);
                moves += now.equals(before) ? 0 : 1;
                before = now;
            }
            assertThat(moves).as("user-" + i).isEqualTo(1);
        }
    }

    @Test
    void equalCallersGetEqualVersionsOnEveryJvm() {
        StringBuilder versions = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            versions.append(Shares.byHash(split(50, 30, 20), "user-" + i).charAt(1));
        }
        assertThat(versions).hasToString("1321112332331221213111131121121123211232");
        assertThat(Shares.byHash(split(50, 50), "")).isEqualTo("v1");
        assertThat(Shares.byHash(split(50, 50), "zoë")).isEqualTo("v1");
    }

    @Test
    void theOrderOfTheSharesDoesNotMatterToCallers() {
        SplitRule turned = new SplitRule(List.of(new Share("v2", 10), new Share("v1", 90)), null, Origin.unknown());
        for (int i = 0; i < 5_000; i++) {
            assertThat(Shares.byHash(turned, "user-" + i)).isEqualTo(Shares.byHash(CANARY, "user-" + i));
        }
    }

    @Test
    void aSplitNeedsAVersionWithWeight() {
        assertThatThrownBy(() -> split(0, 0))
                .hasMessage("a split needs a version with weight, but was"
                        + " [Share[version=v1, weight=0], Share[version=v2, weight=0]]");
        assertThatThrownBy(() -> split(-1, 101)).hasMessage("a weight must be 0 to 100 percent, but 'v1' was given -1");
    }

    private static Map<String, Integer> drawn(SplitRule split) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            int draw = i;
            String version = Shares.draw(split, bound -> {
                assertThat(bound).isEqualTo(100);
                return draw;
            });
            counts.merge(version, 1, Integer::sum);
        }
        return counts;
    }

    private static int[] weights(Random random, int size) {
        int[] weights = new int[size];
        for (int i = 0; i < 100; i++) {
            weights[random.nextInt(size)]++;
        }
        return weights;
    }

    private static SplitRule split(int... weights) {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            shares.add(new Share("v" + (i + 1), weights[i]));
        }
        return new SplitRule(shares, null, Origin.unknown());
    }
}
