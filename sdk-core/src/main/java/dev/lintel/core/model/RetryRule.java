package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a call is tried again.
 *
 * @param attempts how many times at the most after the first try, as in Istio's {@code HTTPRetry.attempts}
 * @param perTry how long one try may take; null means only the time-out of the whole call counts
 * @param nonIdempotent whether methods that are not idempotent (RFC 9110, 9.2.2) are tried again even after they were
 *     sent; if not, only failures to connect are
 * @param on after what
 * @param statuses answers after which it is tried again as well
 * @param backoff the pause between two tries
 * @param budget how many retries may be under way at once
 * @param origin the line that said it
 */
public record RetryRule(
        int attempts,
        @Nullable Duration perTry,
        boolean nonIdempotent,
        Set<RetryOn> on,
        Set<Integer> statuses,
        Backoff backoff,
        Budget budget,
        Origin origin) {
    /** After what a call is tried again unless it is said. */
    public static final Set<RetryOn> DEFAULT_ON =
            Collections.unmodifiableSet(EnumSet.of(RetryOn.CONNECT_FAILURE, RetryOn.RESET, RetryOn.GATEWAY_ERROR));

    /** Fills a missing origin and keeps the sets in their natural order. */
    public RetryRule {
        on = Collections.unmodifiableSet(on.isEmpty() ? EnumSet.noneOf(RetryOn.class) : EnumSet.copyOf(on));
        statuses = Collections.unmodifiableSet(new TreeSet<>(statuses));
        origin = Origin.orUnknown(origin);
    }

    /**
     * A rule with the usual conditions, pauses and budget.
     *
     * @param attempts how many times at the most after the first try
     * @param perTry how long one try may take; null for no limit of its own
     * @param nonIdempotent whether every method is tried again
     * @param origin the line that said it
     */
    public RetryRule(int attempts, @Nullable Duration perTry, boolean nonIdempotent, Origin origin) {
        this(attempts, perTry, nonIdempotent, DEFAULT_ON, Set.of(), Backoff.DEFAULT, Budget.DEFAULT, origin);
    }

    /**
     * The pause before the nth retry is drawn evenly from 0 to {@code base * (2^n - 1)}, but no more than {@code most}.
     *
     * @param base the unit
     * @param most the longest pause
     */
    public record Backoff(Duration base, Duration most) {
        /** Envoy's: 25 ms, at most ten times as much. */
        public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(25), Duration.ofMillis(250));
    }

    /**
     * How many retries may be under way at once: a share of the calls under way, but always a few (Envoy, retry budget).
     *
     * @param percent of the calls to the same version that are under way, 0 to 100
     * @param least as many may always be
     */
    public record Budget(int percent, int least) {
        /** Envoy's: 20 %, at least 3. */
        public static final Budget DEFAULT = new Budget(20, 3);
    }
}
