package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a workload of a version leaves the set for a while, and how much the set takes at once: Envoy's outlier detection
 * and circuit breaking.
 *
 * @param outliers when a workload leaves; null never
 * @param limits how much is taken at once
 * @param origin the line that said it
 */
public record BreakerRule(@Nullable Outliers outliers, Limits limits, Origin origin) {
    /** Fills a missing origin. */
    public BreakerRule {
        origin = Origin.orUnknown(origin);
    }

    /**
     * When a workload leaves the set, by failures in a row, and for how long (Envoy, outlier detection).
     *
     * @param consecutive5xx answers of 500 to 599 in a row; unless local failures are split these count too; 0 never
     * @param consecutiveGatewayErrors 502, 503, 504 in a row; unless local failures are split these count too; 0 never
     * @param splitLocalErrors whether local failures (no connection, reset, time-out) have a counter of their own
     * @param consecutiveLocalFailures local failures in a row, where they are split; 0 never
     * @param interval between two sweeps; a workload comes back only with a sweep
     * @param baseEjection how long the first ejection lasts; the nth lasts n times as long
     * @param maxEjection the longest ejection; at least {@code baseEjection}
     * @param jitter the most that is drawn on top of an ejection
     * @param maxEjectionPercent how many of the set may be out at once; null is computed by {@link #percentFor(int)}
     */
    public record Outliers(
            int consecutive5xx,
            int consecutiveGatewayErrors,
            boolean splitLocalErrors,
            int consecutiveLocalFailures,
            Duration interval,
            Duration baseEjection,
            Duration maxEjection,
            Duration jitter,
            @Nullable Integer maxEjectionPercent) {
        /**
         * How many percent of a set may be out at once: what was said; otherwise 100 for a single workload, so that the
         * breaker opens, and 50 for more, so that what is left can carry the rest.
         *
         * @param workloads how many there are
         * @return 0 to 100
         */
        public int percentFor(int workloads) {
            return maxEjectionPercent != null ? maxEjectionPercent : workloads <= 1 ? 100 : 50;
        }
    }

    /**
     * How much a version takes at once; what is more is answered 503 with {@code x-envoy-overloaded} (Envoy, circuit
     * breaking). Null is no limit.
     *
     * @param maxConnections connections to its workloads
     * @param maxPending calls that wait for a connection
     * @param maxRequests calls at once
     * @param maxRetries retries at once; null leaves it to the retry's own budget
     */
    public record Limits(
            @Nullable Integer maxConnections,
            @Nullable Integer maxPending,
            @Nullable Integer maxRequests,
            @Nullable Integer maxRetries) {
        /** No limit at all. */
        public static final Limits NONE = new Limits(null, null, null, null);
    }
}
