package dev.lintel.traffic.limit;

import java.math.BigInteger;
import java.time.Duration;

/**
 * A token bucket as one number, the time at which it will be full (the generic cell rate algorithm). A bucket that nobody
 * has touched is one that was full long ago.
 *
 * <p>Times are counted in a unit of which both a millisecond and the time of one token are whole multiples, so that nothing
 * is ever rounded.
 *
 * @param scale units of a millisecond
 * @param interval units in which one token comes
 * @param tolerance how far ahead a bucket's time may be for a token to be left
 * @see <a href="https://www.itu.int/rec/T-REC-I.371">ITU-T I.371, generic cell rate algorithm</a>
 */
record Pace(long scale, long interval, long tolerance) {
    /** Beyond that, 146 years of the finest unit, time stands still. */
    private static final long FARTHEST = (1L << 62) / RateLimit.MOST;

    static Pace of(RateLimit limit) {
        long millis = limit.per().toMillis();
        long common = BigInteger.valueOf(millis)
                .gcd(BigInteger.valueOf(limit.requests()))
                .longValue();
        int burst = limit.burst() == null ? limit.requests() : limit.burst();
        long interval = millis / common;
        return new Pace(limit.requests() / common, interval, (burst - 1) * interval);
    }

    /** A time in units. */
    long units(long millis) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, millis)) * scale;
    }

    /**
     * When a bucket will be full, brought to what is possible: not before now, and not later than a bucket that has just
     * been emptied. The latter happens when the clock is set back.
     */
    long possible(long full, long now) {
        return Math.max(now, Math.min(full, now + tolerance + interval));
    }

    /** How long it takes until the next token, 0 if there is one; for a possible bucket. */
    long wait(long full, long now) {
        return Math.max(0, full - now - tolerance);
    }

    /** A time in units, rounded up to milliseconds. */
    Duration duration(long units) {
        return Duration.ofMillis((units + scale - 1) / scale);
    }
}
