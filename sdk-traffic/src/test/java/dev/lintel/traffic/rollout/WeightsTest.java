package dev.lintel.traffic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.traffic.Split;
import dev.lintel.traffic.Split.Share;
import dev.lintel.traffic.Sticky;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final List<Share> THREE = List.of(new Share("v1", 60), new Share("v2", 10), new Share("v3", 30));

    @Test
    void theOthersShareTheRestInProportionToWhatTheyHad() {
        assertThat(Orders.weights(Weights.at(THREE, "v2", 25))).isEqualTo("v1=50,v2=25,v3=25");
        assertThat(Orders.weights(Weights.at(THREE, "v2", 10))).isEqualTo("v1=60,v2=10,v3=30");
        assertThat(Orders.weights(Weights.at(THREE, "v2", 100))).isEqualTo("v1=0,v2=100,v3=0");
    }

    @Test
    void thePercentThatIsLeftGoesToTheLargestRemainder() {
        assertThat(Orders.weights(Weights.at(THREE, "v2", 50))).isEqualTo("v1=33,v2=50,v3=17");
        List<Share> equal = List.of(new Share("a", 45), new Share("b", 45), new Share("c", 10));
        assertThat(Orders.weights(Weights.at(equal, "c", 25))).isEqualTo("a=38,b=37,c=25");
    }

    @Test
    void weightsAlwaysAddUpAndNobodyIsFurtherThanOneFromItsShare() {
        long seed = 20261126;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<Share> original = original(random);
            int step = 1 + random.nextInt(100);
            List<Share> now = Weights.at(original, "v0", step);
            int others = 100 - original.get(0).weight();
            String where = "seed " + seed + ", round " + round + ": " + original + " at " + step + " is " + now;
            assertThat(now.stream().mapToInt(Share::weight).sum()).as(where).isEqualTo(100);
            assertThat(now.get(0)).as(where).isEqualTo(new Share("v0", step));
            for (int i = 1; i < now.size(); i++) {
                double exact = (100.0 - step) * original.get(i).weight() / others;
                assertThat(Math.abs(now.get(i).weight() - exact)).as(where).isLessThan(1);
            }
        }
    }

    private static List<Share> original(Random random) {
        int versions = 2 + random.nextInt(5);
        int left = 100;
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < versions - 1; i++) {
            int weight = random.nextInt(i == 0 ? 100 : left + 1);
            weight = Math.min(weight, left);
            left -= weight;
            shares.add(new Share("v" + i, weight));
        }
        shares.add(new Share("v" + (versions - 1), left));
        return shares;
    }

    @Test
    void whatKeepsCallersOnTheirVersionStays() {
        Split sticky = Split.split("v1", 100, "v2", 0).sticky(Sticky.cookie("shop"));
        assertThat(Weights.split(Weights.with(Orders.api(sticky), Weights.at(sticky.shares(), "v2", 5))))
                .isEqualTo(Split.split("v1", 95, "v2", 5).sticky(Sticky.cookie("shop")));
    }
}
