package dev.lintel.traffic;

import dev.lintel.core.Durations;
import dev.lintel.core.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a workload out for a while after failures in a row, and limits how much a version takes at once: Envoy's outlier
 * detection and circuit breaking. A call over a limit is answered 503 with {@code x-envoy-overloaded: true} and never tried
 * again; with all workloads out every call is answered 503. A service policy: it governs calls from inside as well.
 *
 * @param consecutive5xx answers of 500 to 599 in a row after which a workload is left out; unless local failures are
 *     counted apart these count too; 0 never; null is 5
 * @param consecutiveGatewayErrors 502, 503, 504 in a row; unless local failures are counted apart these count too; 0
 *     never; null is 0
 * @param consecutiveLocalFailures local failures (no connection, reset, time-out) in a row, counted apart from
 *     answers; 0 never; null counts them as answers of 5xx
 * @param every between two sweeps, with which workloads come back; null is 10 s
 * @param ejectFor how long the first ejection lasts, the nth n times as long; null is 30 s
 * @param atMostEjectedFor the longest ejection; null is 5 min, or {@code ejectFor} if that is longer
 * @param jitter the most that is drawn on top of an ejection; null is nothing
 * @param maxEjectionPercent how many percent of the workloads may be out at once; null is 100 for a single one and 50
 *     for more
 * @param maxConnections connections to a version at once; null is no limit
 * @param maxPending calls that wait for a connection; null is no limit
 * @param maxRequests calls at once; null is no limit
 * @param maxRetries retries at once; null leaves it to the retry's budget
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">Envoy, outlier
 *     detection</a>
 */
public record Breaker(
        @Nullable Integer consecutive5xx,
        @Nullable Integer consecutiveGatewayErrors,
        @Nullable Integer consecutiveLocalFailures,
        @Nullable Duration every,
        @Nullable Duration ejectFor,
        @Nullable Duration atMostEjectedFor,
        @Nullable Duration jitter,
        @Nullable Integer maxEjectionPercent,
        @Nullable Integer maxConnections,
        @Nullable Integer maxPending,
        @Nullable Integer maxRequests,
        @Nullable Integer maxRetries)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.breaker/v1";

    static final int CONSECUTIVE_5XX = 5;
    static final Duration EVERY = Duration.ofSeconds(10);
    static final Duration EJECT_FOR = Duration.ofSeconds(30);
    static final Duration AT_MOST_EJECTED_FOR = Duration.ofMinutes(5);

    private static final int CONSECUTIVE_LOCAL = 5;
    private static final int MOST = 1_000_000;

    /** Checks the numbers. */
    public Breaker {
        range("consecutive5xx", consecutive5xx, 0, MOST);
        range("consecutiveGatewayErrors", consecutiveGatewayErrors, 0, MOST);
        range("consecutiveLocalFailures", consecutiveLocalFailures, 0, MOST);
        time("the time between two sweeps", every);
        time("the time of an ejection", ejectFor);
        time("the longest time of an ejection", atMostEjectedFor);
        time("the jitter of an ejection", jitter);
        range("maxEjectionPercent", maxEjectionPercent, 1, 100);
        range("maxConnections", maxConnections, 1, MOST);
        range("maxPending", maxPending, 1, MOST);
        range("maxRequests", maxRequests, 1, MOST);
        range("maxRetries", maxRetries, 1, MOST);
        if (ejectFor != null && atMostEjectedFor != null && atMostEjectedFor.compareTo(ejectFor) < 0) {
            throw new IllegalArgumentException("a breaker cannot leave a workload out for " + Durations.write(ejectFor)
                    + ", but at most for " + Durations.write(atMostEjectedFor));
        }
    }

    private static void range(String what, @Nullable Integer number, int least, int most) {
        if (number != null && (number < least || number > most)) {
            throw new IllegalArgumentException(
                    what + " of a breaker must be " + least + " to " + most + ", but was " + number);
        }
    }

    private static void time(String what, @Nullable Duration time) {
        if (time != null) {
            Timeout.check(what, time);
        }
    }

    /**
     * The usual breaker: a workload is out for 30 s after 5 answers of 500 to 599 in a row; nothing is limited.
     *
     * @return the policy
     */
    public static Breaker usual() {
        return new Breaker(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Whether anything is said about how workloads are left out. */
    boolean saysHowLong() {
        return every != null
                || ejectFor != null
                || atMostEjectedFor != null
                || jitter != null
                || maxEjectionPercent != null;
    }

    /**
     * The same, leaving a workload out after 5 local failures (no connection, reset, time-out) in a row, which are counted
     * apart from answers.
     *
     * @return a new policy
     */
    public Breaker splitLocalErrors() {
        return consecutiveLocalFailures(CONSECUTIVE_LOCAL);
    }

    /**
     * The same, leaving a workload out after so many answers of 500 to 599 in a row; 5 unless said.
     *
     * @param count 0 for never
     * @return a new policy
     */
    public Breaker consecutive5xx(int count) {
        return new Breaker(
                count,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, leaving a workload out after so many 502, 503 or 504 in a row as well; never unless said.
     *
     * @param count 0 for never
     * @return a new policy
     */
    public Breaker consecutiveGatewayErrors(int count) {
        return new Breaker(
                consecutive5xx,
                count,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, counting local failures (no connection, reset, time-out) apart from answers, and leaving a workload
     * out after so many in a row.
     *
     * @param count 0 for never
     * @return a new policy
     */
    public Breaker consecutiveLocalFailures(int count) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                count,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, taking workloads back so often; every 10 s unless said.
     *
     * @param time a millisecond to a day
     * @return a new policy
     */
    public Breaker every(Duration time) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                time,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, leaving a workload out so long for the first time, and n times as long for the nth; 30 s unless said.
     *
     * @param time a millisecond to a day
     * @return a new policy
     */
    public Breaker ejectFor(Duration time) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                time,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, leaving a workload out so long at the most; 5 min unless said, or {@code ejectFor} if that is longer.
     *
     * @param time at least {@code ejectFor}
     * @return a new policy
     */
    public Breaker atMostEjectedFor(Duration time) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                time,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, drawing up to so much on top of each ejection, so that workloads do not all come back at once.
     *
     * @param time a millisecond to a day
     * @return a new policy
     */
    public Breaker jitter(Duration time) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                time,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, leaving out so many of the workloads at the most at once; unless said 100 % of a single one and 50 %
     * of more.
     *
     * @param percent 1 to 100
     * @return a new policy
     */
    public Breaker maxEjectionPercent(int percent) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                percent,
                maxConnections,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, with a limit of connections to a version.
     *
     * @param limit 1 or more
     * @return a new policy
     */
    public Breaker maxConnections(int limit) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                limit,
                maxPending,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, with a limit of calls that wait for a connection.
     *
     * @param limit 1 or more
     * @return a new policy
     */
    public Breaker maxPending(int limit) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                limit,
                maxRequests,
                maxRetries);
    }

    /**
     * The same, with a limit of calls at once.
     *
     * @param limit 1 or more
     * @return a new policy
     */
    public Breaker maxRequests(int limit) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                limit,
                maxRetries);
    }

    /**
     * The same, with a limit of retries at once.
     *
     * @param limit 1 or more
     * @return a new policy
     */
    public Breaker maxRetries(int limit) {
        return new Breaker(
                consecutive5xx,
                consecutiveGatewayErrors,
                consecutiveLocalFailures,
                every,
                ejectFor,
                atMostEjectedFor,
                jitter,
                maxEjectionPercent,
                maxConnections,
                maxPending,
                maxRequests,
                limit);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
