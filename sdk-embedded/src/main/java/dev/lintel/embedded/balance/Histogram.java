package dev.lintel.embedded.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts calls and how long they took. Each power of two is divided into 16 buckets, so that a time is known to within
 * 1/32 of itself; times are counted from 16 microseconds to 70 minutes.
 */
public final class Histogram {
    private static final int UNIT = 14;
    private static final int BITS = 4;
    private static final int PARTS = 1 << BITS;
    private static final int HIGHEST = 28;
    private static final int BUCKETS = PARTS + (HIGHEST - BITS + 1) * PARTS;

    private final AtomicInteger untimed = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicIntegerArray times = new AtomicIntegerArray(BUCKETS);

    void add(boolean error, long nanos) {
        if (error) {
            errors.incrementAndGet();
        }
        if (nanos >= 0) {
            times.incrementAndGet(bucket(nanos));
        } else {
            untimed.incrementAndGet();
        }
    }

    void add(Histogram other) {
        untimed.addAndGet(other.untimed.get());
        errors.addAndGet(other.errors.get());
        for (int i = 0; i < BUCKETS; i++) {
            int count = other.times.get(i);
            if (count != 0) {
                times.addAndGet(i, count);
            }
        }
    }

    private static int bucket(long nanos) {
        long value = Math.min(nanos >>> UNIT, (1L << (HIGHEST + 1)) - 1);
        if (value < PARTS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS;
        return PARTS * shift + (int) (value >>> shift);
    }

    /** The middle of a bucket, in nanoseconds. */
    private static double middle(int bucket) {
        if (bucket < PARTS) {
            return (bucket + 0.5) * (1L << UNIT);
        }
        int shift = bucket / PARTS - 1;
        return (bucket - PARTS * shift + 0.5) * (1L << shift) * (1L << UNIT);
    }

    /** All calls. */
    public long calls() {
        return untimed.get() + timed();
    }

    /** Calls that were answered 500 to 599, or not at all. */
    public long errors() {
        return errors.get();
    }

    /** Calls of which it is known how long they took. */
    public long timed() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += times.get(i);
        }
        return sum;
    }

    /**
     * How long calls took.
     *
     * @param quantile the share of calls that took no longer, more than 0
     * @return seconds; 0 without calls
     */
    public double latency(double quantile) {
        long rank = Math.max(1, (long) Math.ceil(quantile * timed()));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += times.get(i);
            if (seen >= rank) {
                return middle(i) / 1e9;
            }
        }
        return 0;
    }
}
