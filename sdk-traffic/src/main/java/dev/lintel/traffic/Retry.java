package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.model.RetryOn;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries a failed call again: idempotent methods after a failure to connect, a reset before the answer, or 502, 503, 504;
 * other methods only after a failure to connect, unless said. A service policy: it governs calls from inside as well.
 *
 * @param attempts how many more tries at the most, 1 to 10
 * @param perTry how long one try may take; null leaves only the time-out of the whole call
 * @param nonIdempotent whether methods that are not idempotent (RFC 9110, 9.2.2) are treated like those that are
 * @param failures after what, beside {@code statuses}; empty for a failure to connect, a reset, and 502, 503, 504
 * @param statuses answers after which it is tried again as well, 400 to 599
 * @param backOff the pauses between tries; null for 25 ms up to 250 ms
 * @param budget how many retries may be under way at once; null for 20 % of the calls, but 3 in any case
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry">Istio, HTTPRetry</a>
 */
public record Retry(
        int attempts,
        @Nullable Duration perTry,
        boolean nonIdempotent,
        Set<RetryOn> failures,
        Set<Integer> statuses,
        @Nullable BackOff backOff,
        @Nullable Budget budget)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.retry/v1";

    private static final int LEAST = 3;

    /** Checks the numbers and keeps the sets in their natural order. */
    public Retry {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("retry attempts must be 1 to 10, but was " + attempts);
        }
        if (perTry != null) {
            Timeout.check("the time-out of one try", perTry);
        }
        failures = Collections.unmodifiableSet(
                failures.isEmpty() ? EnumSet.noneOf(RetryOn.class) : EnumSet.copyOf(failures));
        statuses = Collections.unmodifiableSet(new TreeSet<>(statuses));
        for (int status : statuses) {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        "a call is tried again after answers of 400 to 599, but was given " + status);
            }
        }
    }

    /**
     * The pause before the nth retry is drawn evenly from 0 to {@code base * (2^n - 1)}, but no more than {@code most}.
     *
     * @param base the unit, a millisecond to a day
     * @param most the longest pause, at least {@code base}
     */
    public record BackOff(Duration base, Duration most) {
        /** Checks the times. */
        public BackOff {
            Timeout.check("the pause between two tries", base);
            Timeout.check("the longest pause between two tries", most);
            if (most.compareTo(base) < 0) {
                throw new IllegalArgumentException(
                        "the longest pause between two tries must not be below the unit, but " + most + " is below "
                                + base);
            }
        }
    }

    /**
     * How many retries may be under way at once.
     *
     * @param percent of the calls to the same version that are under way, 0 to 100
     * @param least as many may always be, 0 to 1000
     */
    public record Budget(int percent, int least) {
        /** Checks the numbers. */
        public Budget {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("a budget of retries is 0 to 100 percent, but was " + percent);
            }
            if (least < 0 || least > 1000) {
                throw new IllegalArgumentException("a budget always lets 0 to 1000 retries be, but was " + least);
            }
            if (percent == 0 && least == 0) {
                throw new IllegalArgumentException("a budget of 0 percent and at least 0 retries lets none be");
            }
        }
    }

    /**
     * Up to some more tries.
     *
     * @param attempts 1 to 10
     * @return the policy
     */
    public static Retry attempts(int attempts) {
        return new Retry(attempts, null, false, Set.of(), Set.of(), null, null);
    }

    /**
     * The same, limiting each try.
     *
     * @param limit at least a millisecond
     * @return a new policy
     */
    public Retry perTry(Duration limit) {
        return new Retry(attempts, limit, nonIdempotent, failures, statuses, backOff, budget);
    }

    /**
     * The same for every method: the service promises that doing a call twice does no harm.
     *
     * @return a new policy
     */
    public Retry evenIfNotIdempotent() {
        return new Retry(attempts, perTry, true, failures, statuses, backOff, budget);
    }

    /**
     * The same, after these failures instead of the usual ones.
     *
     * @param some at least one
     * @return a new policy
     */
    public Retry on(RetryOn... some) {
        if (some.length == 0) {
            throw new IllegalArgumentException("on(…) must name at least one failure");
        }
        Set<RetryOn> named = EnumSet.copyOf(Arrays.asList(some));
        return new Retry(attempts, perTry, nonIdempotent, named, statuses, backOff, budget);
    }

    /**
     * The same, after these answers as well.
     *
     * @param some at least one, 400 to 599
     * @return a new policy
     */
    public Retry onStatus(int... some) {
        if (some.length == 0) {
            throw new IllegalArgumentException("onStatus(…) must name at least one status");
        }
        List<Integer> named = Arrays.stream(some).boxed().toList();
        return new Retry(attempts, perTry, nonIdempotent, failures, new TreeSet<>(named), backOff, budget);
    }

    /**
     * The same, with other pauses between tries, drawn evenly below a limit that grows from try to try.
     *
     * @param base the unit
     * @param most the longest pause
     * @return a new policy
     */
    public Retry backOff(Duration base, Duration most) {
        return new Retry(attempts, perTry, nonIdempotent, failures, statuses, new BackOff(base, most), budget);
    }

    /**
     * The same, with fewer or more retries at once, but three in any case.
     *
     * @param percent of the calls under way, 0 to 100
     * @return a new policy
     */
    public Retry budget(int percent) {
        return new Retry(attempts, perTry, nonIdempotent, failures, statuses, backOff, new Budget(percent, LEAST));
    }

    /**
     * The same, with fewer or more retries at once.
     *
     * @param percent of the calls under way, 0 to 100
     * @param least as many in any case, 0 to 1000
     * @return a new policy
     */
    public Retry budget(int percent, int least) {
        return new Retry(attempts, perTry, nonIdempotent, failures, statuses, backOff, new Budget(percent, least));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
