package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BalanceRule.Algorithm;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostSetTest {
    private final Random random = new Random(20_000);
    private final Draw seeded = random::nextInt;

    private static Draw drawing(Integer... numbers) {
        Deque<Integer> left = new ArrayDeque<>(Arrays.asList(numbers));
        return bound -> left.removeFirst();
    }

    private static List<Integer> picked(HostSet set, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> set.pick(false, 0, null).index())
                .toList();
    }

    private static int[] counted(HostSet set, int times) {
        int[] counts = new int[set.hosts().size()];
        for (int i = 0; i < times; i++) {
            counts[set.pick(false, 0, null).index()]++;
        }
        return counts;
    }

    private static BitSet not(int... indices) {
        BitSet not = new BitSet();
        Arrays.stream(indices).forEach(not::set);
        return not;
    }

    private static void out(HostSet set, int... indices) {
        for (int index : indices) {
            set.hosts().get(index).ejected = true;
        }
        set.changed();
    }

    @Test
    void round_robin_gives_each_host_its_turn() {
        HostSet set = Fleets.of(3, Algorithm.ROUND_ROBIN, Draw.RANDOM);

        assertThat(picked(set, 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void round_robin_goes_on_among_those_who_are_left() {
        HostSet set = Fleets.of(4, Algorithm.ROUND_ROBIN, Draw.RANDOM);
        out(set, 1, 2);

        assertThat(picked(set, 6)).containsExactly(0, 3, 0, 3, 0, 3);
    }

    @Test
    void random_gives_each_host_about_as_much() {
        HostSet set = Fleets.of(4, Algorithm.RANDOM, seeded);

        for (int count : counted(set, 40_000)) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }

    @Test
    void least_request_takes_the_less_busy_of_two_drawn_ones() {
        HostSet set = Fleets.of(3, Algorithm.LEAST_REQUEST, drawing(0, 2, 2, 0, 1, 1));
        set.hosts().get(0).begin();

        assertThat(picked(set, 3)).containsExactly(2, 2, 1);
    }

    @Test
    void least_request_takes_the_first_drawn_one_of_equals() {
        HostSet set = Fleets.of(3, Algorithm.LEAST_REQUEST, drawing(1, 2, 2, 1));

        assertThat(picked(set, 2)).containsExactly(1, 2);
    }

    @Test
    void least_request_spares_a_slow_host() {
        HostSet set = Fleets.of(3, Algorithm.LEAST_REQUEST, seeded);
        for (int i = 0; i < 100; i++) {
            set.hosts().get(1).begin();
        }

        // It is taken only if it is drawn twice: one time out of nine.
        assertThat(counted(set, 9_000)[1]).isBetween(850, 1_150);
    }

    @Test
    void a_hash_always_leads_to_the_same_host_and_all_hosts_get_some() {
        HostSet set = Fleets.of(5, Algorithm.CONSISTENT_HASH, Draw.RANDOM);
        int[] counts = new int[5];
        for (int i = 0; i < 10_000; i++) {
            long hash = Hashes.of("user-" + i);
            int first = set.pick(true, hash, null).index();
            assertThat(set.pick(true, hash, null).index()).isEqualTo(first);
            counts[first]++;
        }

        for (int count : counts) {
            assertThat(count).isBetween(1_800, 2_200);
        }
    }

    @Test
    void without_a_host_only_its_own_hashes_move_and_with_it_they_come_back() {
        HostSet set = Fleets.of(5, Algorithm.CONSISTENT_HASH, Draw.RANDOM);
        int[] before = homes(set);
        out(set, 3);
        int[] without = homes(set);
        set.hosts().get(3).ejected = false;
        set.changed();

        for (int i = 0; i < before.length; i++) {
            if (before[i] == 3) {
                assertThat(without[i]).isNotEqualTo(3);
            } else {
                assertThat(without[i]).isEqualTo(before[i]);
            }
        }
        assertThat(homes(set)).isEqualTo(before);
    }

    private static int[] homes(HostSet set) {
        return IntStream.range(0, 5_000)
                .map(i -> set.pick(true, Hashes.of("user-" + i), null).index())
                .toArray();
    }

    @Test
    void a_call_without_what_is_hashed_goes_anywhere() {
        HostSet set = Fleets.of(4, Algorithm.CONSISTENT_HASH, seeded);

        for (int count : counted(set, 4_000)) {
            assertThat(count).isBetween(900, 1_100);
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void who_was_tried_is_not_picked_as_long_as_there_is_another(Algorithm algorithm) {
        HostSet set = Fleets.of(3, algorithm, seeded);
        for (int i = 0; i < 200; i++) {
            assertThat(set.pick(true, i, not(0)).index()).isNotZero();
            assertThat(set.pick(true, i, not(0, 2)).index()).isEqualTo(1);
        }
        assertThat(set.pick(true, 1, not(0, 1, 2))).isNull();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void who_is_out_or_not_well_is_passed_over(Algorithm algorithm) {
        HostSet set = Fleets.of(4, algorithm, seeded);
        out(set, 1);
        set.healthy(set.hosts().get(2), false);
        for (int i = 0; i < 200; i++) {
            assertThat(set.pick(true, Hashes.of("" + i), null).index()).isIn(0, 3);
        }

        set.healthy(set.hosts().get(2), true);
        assertThat(IntStream.range(0, 200)
                        .map(i -> set.pick(true, Hashes.of("" + i), null).index()))
                .contains(2);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void nobody_is_picked_if_nobody_is_left(Algorithm algorithm) {
        HostSet set = Fleets.of(2, algorithm, seeded);
        out(set, 0, 1);

        assertThat(set.isReady()).isFalse();
        assertThat(set.pick(true, 1, null)).isNull();
        assertThat(set.pick(false, 0, not(0))).isNull();
    }

    @Test
    void calls_go_to_the_nearest_hosts() {
        HostSet set = Fleets.at(
                Locality.of("eu/1/a"), Algorithm.ROUND_ROBIN, seeded, "us/1/a", "eu/2/a", "eu/1/b", "eu/1/a", "eu/1/a");
        assertThat(counted(set, 100)).containsExactly(0, 0, 0, 50, 50);

        out(set, 3, 4);
        assertThat(counted(set, 100)).containsExactly(0, 0, 100, 0, 0);
        out(set, 2);
        assertThat(counted(set, 100)).containsExactly(0, 100, 0, 0, 0);
        out(set, 1);
        assertThat(counted(set, 100)).containsExactly(100, 0, 0, 0, 0);
        out(set, 0);
        assertThat(set.isReady()).isFalse();
        assertThat(set.pick(false, 0, null)).isNull();
    }

    /** Envoy's example of priority levels: a level is overprovisioned by 1.4. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 100",
        "72, 100, 100",
        "71, 100, 99",
        "50, 100, 70",
        "25, 100, 35",
        "0, 100, 0",
        "25, 25, 50",
        "50, 0, 100"
    })
    void what_the_near_hosts_cannot_take_spills_over(int near, int far, int load) {
        String[] where = new String[200];
        Arrays.fill(where, 0, 100, "eu");
        Arrays.fill(where, 100, 200, "us");
        HostSet set = Fleets.at(Locality.of("eu"), Algorithm.RANDOM, seeded, where);
        out(
                set,
                IntStream.concat(IntStream.range(near, 100), IntStream.range(100 + far, 200))
                        .toArray());

        assertThat(new Standing(set.hosts(), Locality.of("eu")).load(0)).isEqualTo(load);
        int got = Arrays.stream(counted(set, 10_000), 0, 100).sum();
        assertThat(got).isBetween(load * 100 - 200, load * 100 + 200);
    }

    @Test
    void a_hash_stays_in_its_level() {
        HostSet set = Fleets.at(Locality.of("eu"), Algorithm.CONSISTENT_HASH, seeded, "eu", "eu", "us", "us");
        out(set, 0);
        int[] before = homes(set);

        assertThat(before).contains(1).containsAnyOf(2, 3);
        assertThat(homes(set)).isEqualTo(before);
    }

    @Test
    void who_was_tried_nearby_is_followed_by_somebody_further_away() {
        HostSet set = Fleets.at(Locality.of("eu"), Algorithm.ROUND_ROBIN, seeded, "eu", "us");

        assertThat(set.pick(false, 0, not(0)).index()).isEqualTo(1);
    }
}
