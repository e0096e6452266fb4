package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BalanceRule.Algorithm;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
    private static final Locality HERE = Locality.of("eu/1/a");
    private static final String[] WHERE = {"eu/1/a", "eu/1/b", "eu/2/a", "us/1/a"};

    private final Random random = new Random(1_000);

    /** As many hosts at each distance as said. */
    private static HostSet set(int... sizes) {
        String[] where = new String[Arrays.stream(sizes).sum()];
        int from = 0;
        for (int level = 0; level < sizes.length; level++) {
            Arrays.fill(where, from, from + sizes[level], WHERE[level]);
            from += sizes[level];
        }
        return Fleets.at(HERE, Algorithm.RANDOM, Draw.RANDOM, where);
    }

    /** A hash stands for the number that is drawn, so each number can be asked for. */
    private static void everyDrawFindsAHostIfOneIsReady(HostSet set) {
        boolean ready = set.isReady();
        for (int drawn = 0; drawn < 100; drawn++) {
            assertThat(set.pick(true, drawn, null) != null)
                    .as("%d of %d hosts", drawn, set.hosts().size())
                    .isEqualTo(ready);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "1, 1", "0, 0", "2, 1"})
    void a_set_that_is_ready_gives_each_call_a_host_whatever_its_size(int near, int far) {
        for (int size = 1; size <= 1_000; size += size < 300 ? 1 : 7) {
            HostSet set = set(size, size);
            for (Host host : set.hosts()) {
                host.healthy = host.index() < size ? host.index() < near : host.index() - size < far;
            }
            set.changed();
            everyDrawFindsAHostIfOneIsReady(set);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "50"})
    void a_set_that_is_ready_gives_each_call_a_host_whoever_is_out(int eligiblePercent) {
        for (int round = 0; round < 200; round++) {
            HostSet set = set(1 + random.nextInt(250), random.nextInt(250), random.nextInt(250), random.nextInt(250));
            set.hosts().forEach(host -> host.ejected = random.nextInt(100) >= eligiblePercent);
            set.changed();
            everyDrawFindsAHostIfOneIsReady(set);
        }
    }
}
