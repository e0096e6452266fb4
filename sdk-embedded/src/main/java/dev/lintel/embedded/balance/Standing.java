package dev.lintel.embedded.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which workloads may get calls at one moment, in levels, the nearest first; unchangeable. A level takes its share as long
 * as enough of it is eligible; what it cannot take goes to the next (Envoy, priority levels and overprovisioning).
 */
final class Standing {
    /** Envoy's overprovisioning factor, 1.4, in percent: a level takes all as long as 72 % of it are eligible. */
    private static final long OVERPROVISIONED = 140;

    private final List<Host[]> levels = new ArrayList<>();
    private final int[] loads;

    /**
     * What may get calls now.
     *
     * @param here where calls come from; {@link Locality#UNKNOWN} if all are equally near
     */
    Standing(List<Host> hosts, Locality here) {
        SortedMap<Integer, List<Host>> near = new TreeMap<>();
        for (Host host : hosts) {
            near.computeIfAbsent(host.locality().distance(here), d -> new ArrayList<>())
                    .add(host);
        }
        long[] health = new long[near.size()];
        long total = 0;
        for (List<Host> level : near.values()) {
            Host[] eligible = level.stream().filter(Host::isEligible).toArray(Host[]::new);
            long healthy = health(eligible.length, level.size());
            health[levels.size()] = healthy;
            levels.add(eligible);
            total += healthy;
        }
        loads = loads(health, Math.min(100, total));
    }

    /** In percent; whoever is alone among many can take a call nevertheless, so that is not rounded to nothing. */
    private static long health(int eligible, int size) {
        long share = Math.min(100, OVERPROVISIONED * eligible / size);
        return eligible > 0 ? Math.max(1, share) : 0;
    }

    private static int[] loads(long[] health, long total) {
        int[] loads = new int[health.length];
        long left = 100;
        int first = -1;
        for (int i = 0; i < health.length && total > 0; i++) {
            if (health[i] > 0 && first < 0) {
                first = i;
            }
            long load = Math.min(left, 100 * health[i] / total);
            loads[i] = (int) load;
            left -= load;
        }
        if (first >= 0) {
            // What was lost by rounding.
            loads[first] += (int) left;
        }
        return loads;
    }

    /** How many percent of the calls a level takes. */
    int load(int level) {
        return loads[level];
    }

    int levels() {
        return loads.length;
    }

    /** The level for a number from 0 to 99. */
    Host[] level(int drawn) {
        int below = 0;
        for (int i = 0; i < loads.length - 1; i++) {
            below += loads[i];
            if (drawn < below) {
                return levels.get(i);
            }
        }
        return levels.get(loads.length - 1);
    }

    boolean isEmpty() {
        for (Host[] level : levels) {
            if (level.length > 0) {
                return false;
            }
        }
        return true;
    }

    /** All that may get calls, the nearest first. */
    List<Host> all() {
        return levels.stream().flatMap(Arrays::stream).toList();
    }
}
