package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.PathNormalizer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks workloads whether they are well, and sends calls only to those that are. A workload is well until it is known not
 * to be.
 *
 * @param path asked for by GET; 200 is well
 * @param every between two questions to one workload; null is 10 s
 * @param timeout how long an answer may take; null is 1 s
 * @param unhealthyAfter bad answers in a row after which it gets no calls; null is 3
 * @param healthyAfter good answers in a row after which it gets calls again; null is 1
 */
public record HealthCheck(
        String path,
        @Nullable Duration every,
        @Nullable Duration timeout,
        @Nullable Integer unhealthyAfter,
        @Nullable Integer healthyAfter)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.health-check/v1";

    // Those of a Kubernetes probe.
    static final Duration EVERY = Duration.ofSeconds(10);
    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final int UNHEALTHY_AFTER = 3;
    static final int HEALTHY_AFTER = 1;

    private static final int MOST = 100;

    /** Checks path, times and counts. */
    public HealthCheck {
        if (!path.equals(PathNormalizer.STRICT.normalize(path))) {
            throw new IllegalArgumentException(
                    "a health check asks for a path in normal form, as '/healthz', but was '" + path + "'");
        }
        if (every != null) {
            Timeout.check("the time between two health checks", every);
        }
        if (timeout != null) {
            Timeout.check("the time-out of a health check", timeout);
        }
        count("unhealthyAfter", unhealthyAfter);
        count("healthyAfter", healthyAfter);
    }

    private static void count(String what, @Nullable Integer count) {
        if (count != null && (count < 1 || count > MOST)) {
            throw new IllegalArgumentException(what + " of a health check must be 1 to " + MOST + ", but was " + count);
        }
    }

    /**
     * Asks for a path every 10 s, within 1 s.
     *
     * @param path for example {@code /healthz}
     * @return the policy
     */
    public static HealthCheck get(String path) {
        return new HealthCheck(path, null, null, null, null);
    }

    /**
     * The same, asking so often.
     *
     * @param time between two questions to one workload
     * @return a new policy
     */
    public HealthCheck every(Duration time) {
        return new HealthCheck(path, time, timeout, unhealthyAfter, healthyAfter);
    }

    /**
     * The same, waiting so long for an answer.
     *
     * @param limit a millisecond to a day
     * @return a new policy
     */
    public HealthCheck timeout(Duration limit) {
        return new HealthCheck(path, every, limit, unhealthyAfter, healthyAfter);
    }

    /**
     * The same, leaving a workload out after so many bad answers in a row.
     *
     * @param answers 1 to 100
     * @return a new policy
     */
    public HealthCheck unhealthyAfter(int answers) {
        return new HealthCheck(path, every, timeout, answers, healthyAfter);
    }

    /**
     * The same, taking a workload back after so many good answers in a row.
     *
     * @param answers 1 to 100
     * @return a new policy
     */
    public HealthCheck healthyAfter(int answers) {
        return new HealthCheck(path, every, timeout, unhealthyAfter, answers);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
