package dev.lintel.auth.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right to use one entry's refresh token, until it ends.
 *
 * @param key the entry
 * @param owner who has it, in words for people
 * @param fence a number that only its holder knows, and without which nobody renews or releases it
 * @param until when it ends, by the clock of the store, to the millisecond
 */
public record Lease(EntryKey key, String owner, long fence, Instant until) {
    /** The longest time that a lease may be asked for. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** Leaves out what stores do not keep. */
    public Lease {
        until = until.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Checks how long a lease is asked for.
     *
     * @param ttl the time
     * @return the time
     * @throws IllegalArgumentException if it is less than 1 ms or more than {@link #LONGEST}
     */
    @CanIgnoreReturnValue
    public static Duration checked(Duration ttl) {
        if (ttl.toMillis() < 1 || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a lease must be for 1 ms to 1 h, but was for " + ttl);
        }
        return ttl;
    }

    /** Without its fence, which would let others release it. */
    @Override
    public String toString() {
        return "lease of '" + key + "' by " + owner + " until " + until;
    }
}
