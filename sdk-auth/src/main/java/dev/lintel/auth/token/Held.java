package dev.lintel.auth.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token with its deadlines on both clocks; the earlier of the two counts. The monotonic one cannot be set, the wall clock
 * goes on while a machine sleeps.
 *
 * @param token the token
 * @param requested the scopes that were asked for
 * @param refreshId a name for the refresh token that came with it
 * @param asked when it was asked for
 * @param soft when the next is asked for
 * @param hard when it is no longer handed out
 * @param softNanos {@code soft} on the monotonic clock
 * @param hardNanos {@code hard} on the monotonic clock
 * @param seen a moment on the wall clock
 * @param seenNanos the same moment on the monotonic clock
 */
record Held(
        AccessToken token,
        List<String> requested,
        @Nullable String refreshId,
        Instant asked,
        Instant soft,
        Instant hard,
        long softNanos,
        long hardNanos,
        Instant seen,
        long seenNanos) {
    /** More than any lifetime, and far from any overflow. */
    private static final Duration FAR = Duration.ofDays(2);

    private static final Duration FLOOR = Duration.ofSeconds(2);
    private static final double SOFT = 0.80;
    private static final double SPREAD = 0.25;
    private static final double ROOM = 0.9;

    /**
     * A token that has just come.
     *
     * @param fetched what came
     * @param lifetime how long it is good, counted from when it was asked for
     * @param hard how long it is handed out
     * @param soft how long it is fresh
     * @param started when asking began, on the monotonic clock
     * @param seen now
     * @param seenNanos now
     */
    static Held of(
            FetchedToken fetched,
            Duration lifetime,
            Duration hard,
            Duration soft,
            long started,
            Instant seen,
            long seenNanos) {
        AccessToken token = new AccessToken(
                fetched.value(),
                fetched.type(),
                fetched.granted(),
                fetched.asked().plus(lifetime));
        Instant softWall = fetched.asked().plus(soft);
        Instant hardWall = fetched.asked().plus(hard);
        return new Held(
                token,
                fetched.requested(),
                fetched.refreshToken() == null ? null : AccessToken.identify(fetched.refreshToken()),
                fetched.asked(),
                softWall,
                hardWall,
                earlier(started + soft.toNanos(), seenNanos + nanos(Duration.between(seen, softWall))),
                earlier(started + hard.toNanos(), seenNanos + nanos(Duration.between(seen, hardWall))),
                seen,
                seenNanos);
    }

    /**
     * How long a token is handed out: until a margin before it expires, so that it does not expire on its way. The margin is
     * never more than a quarter of the lifetime, and where that leaves less than two seconds, there are two seconds.
     *
     * @param lifetime from asking to expiring
     * @param skew the least margin
     * @param latency how long requests for tokens take
     */
    static Duration hard(Duration lifetime, Duration skew, Duration latency) {
        Duration margin = latency.compareTo(skew) > 0 ? latency : skew;
        Duration quarter = lifetime.dividedBy(4);
        Duration hard = lifetime.minus(margin.compareTo(quarter) > 0 ? quarter : margin);
        Duration floor = lifetime.compareTo(FLOOR) < 0 ? lifetime : FLOOR;
        return hard.compareTo(floor) < 0 ? floor : hard;
    }

    /**
     * How long a token is fresh: 80 % of its lifetime, or 90 % of the time for which it is handed out where that is less, so
     * that even a short-lived one can be renewed while it is good; less a part that differs from one process to the next. That part
     * reaches to 25 %, because the times of a hundred processes lie over a little less than their range, and should lie
     * over a fifth of the lifetime.
     *
     * @param lifetime from asking to expiring
     * @param hard how long it is handed out
     * @param phase where this process stands, from 0 to 1
     */
    static Duration soft(Duration lifetime, Duration hard, double phase) {
        double latest = Math.min(lifetime.toNanos() * SOFT, hard.toNanos() * ROOM);
        return Duration.ofNanos((long) (latest - lifetime.toNanos() * SPREAD * phase));
    }

    boolean fresh(Instant wall, long nanos) {
        return softNanos - nanos > 0 && wall.isBefore(soft);
    }

    boolean good(Instant wall, long nanos) {
        return hardNanos - nanos > 0 && wall.isBefore(hard);
    }

    /** How far the wall clock went ahead of the monotonic one since they were last looked at together. */
    Duration drift(Instant wall, long nanos) {
        return Duration.between(seen, wall).minusNanos(nanos - seenNanos);
    }

    /** The same token, no longer fresh, the clocks compared anew from here. */
    Held drifted(Instant wall, long nanos) {
        return new Held(
                token,
                requested,
                refreshId,
                asked,
                wall.isBefore(soft) ? wall : soft,
                hard,
                earlier(softNanos, nanos),
                hardNanos,
                wall,
                nanos);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private static long nanos(Duration time) {
        if (time.compareTo(FAR) > 0) {
            return FAR.toNanos();
        }
        return time.compareTo(FAR.negated()) < 0 ? -FAR.toNanos() : time.toNanos();
    }
}
