package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tries a failed call again: idempotent methods after a failure to connect, a reset before the answer, or 502, 503, 504;
 * other methods only after a failure to connect, unless said. A service policy: it governs calls from inside as well.
 *
 * @param attempts how many more tries at the most, 1 to 10
 * @param perTry how long one try may take; null leaves only the time-out of the whole call
 * @param nonIdempotent whether methods that are not idempotent (RFC 9110, 9.2.2) are treated like those that are
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry">Istio, HTTPRetry</a>
 */
public record Retry(int attempts, @Nullable Duration perTry, boolean nonIdempotent) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.retry/v1";

    /** Checks the numbers. */
    public Retry {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("retry attempts must be 1 to 10, but was " + attempts);
        }
        if (perTry != null) {
            Timeout.check("the time-out of one try", perTry);
        }
    }

    /**
     * Up to some more tries.
     *
     * @param attempts 1 to 10
     * @return the policy
     */
    public static Retry attempts(int attempts) {
        return new Retry(attempts, null, false);
    }

    /**
     * The same, limiting each try.
     *
     * @param limit at least a millisecond
     * @return a new policy
     */
    public Retry perTry(Duration limit) {
        return new Retry(attempts, limit, nonIdempotent);
    }

    /**
     * The same for every method: the service promises that doing a call twice does no harm.
     *
     * @return a new policy
     */
    public Retry evenIfNotIdempotent() {
        return new Retry(attempts, perTry, true);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
