package dev.lintel.auth.token;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long the last hundred requests took. */
final class Latencies {
    private static final int KEPT = 100;

    private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
    private final AtomicLong seen = new AtomicLong();

    void add(Duration took) {
        nanos.set((int) (seen.getAndIncrement() % KEPT), Math.max(0, took.toNanos()));
    }

    /** What 99 of 100 do not exceed; the longest as long as there are fewer, zero if there are none. */
    Duration p99() {
        int count = (int) Math.min(seen.get(), KEPT);
        if (count == 0) {
            return Duration.ZERO;
        }
        long[] sorted = new long[count];
        Arrays.setAll(sorted, nanos::get);
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(int) Math.ceil(0.99 * count) - 1]);
    }
}
