package dev.lintel.core.metric;

import java.time.Duration;
import java.util.Objects;

/**
 * What is asked about one version.
 *
 * @param api the API's id, for example {@code orders.shop}
 * @param version the version's name
 * @param name {@link #ERROR_RATE}, {@link #LATENCY}, or a metric that only some can answer
 * @param quantile for latencies, more than 0 and less than 1; 0 where it has no meaning
 * @param window how far to look back
 */
public record Question(String api, String version, String name, double quantile, Duration window) {
    /** The share of calls that were answered 500 to 599 or not at all, 0 to 1. */
    public static final String ERROR_RATE = "error_rate";

    /** How long calls took, in seconds, at a quantile. */
    public static final String LATENCY = "latency";

    /** Checks quantile and window. */
    public Question {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(name, "name");
        if (!(quantile >= 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile must be 0 to 1, 1 excluded, but was " + quantile);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("a window must be longer than nothing, but was " + window);
        }
    }
}
