package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a call is tried again.
 *
 * @param attempts how many times at the most after the first try, as in Istio's {@code HTTPRetry.attempts}
 * @param perTry how long one try may take; null means only the time-out of the whole call counts
 * @param nonIdempotent whether methods that are not idempotent (RFC 9110, 9.2.2) are tried again even after they were
 *     sent; if not, only failures to connect are
 * @param origin the line that said it
 */
public record RetryRule(int attempts, @Nullable Duration perTry, boolean nonIdempotent, Origin origin) {
    /** Fills a missing origin. */
    public RetryRule {
        origin = Origin.orUnknown(origin);
    }
}
