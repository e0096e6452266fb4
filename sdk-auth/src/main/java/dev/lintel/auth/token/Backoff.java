package dev.lintel.auth.token;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pause after a failure. When it is over, the next caller's request is the probe that ends it or begins the next.
 *
 * @param until its end, on the monotonic clock
 * @param pause how long it is
 * @param jitter what the next one grows from
 * @param kind whether asking again may help
 * @param failure what all who waited share
 * @param at when it began
 */
record Backoff(
        long until,
        Duration pause,
        Duration jitter,
        TokenFetchException.Kind kind,
        TokenException failure,
        Instant at) {
    private static final double LONGER = 0.1;

    /** What went wrong, in our words. */
    record Failure(
            TokenFetchException.Kind kind,
            String why,
            @Nullable Duration retryAfter) {
        static Failure retryable(String why) {
            return new Failure(TokenFetchException.Kind.RETRYABLE, why, null);
        }
    }

    /**
     * The pause after a failure: decorrelated jitter, from the first pause to three times the one before, or as long as the
     * server wants, if that is longer. No powers of two: their exponent would overflow one day.
     */
    static Backoff after(
            @Nullable Backoff before,
            Failure failure,
            String message,
            TokenTimes times,
            RandomGenerator random,
            Instant wall,
            long nanos) {
        Duration last = before == null ? times.firstPause() : before.jitter();
        Duration most = shorter(last.multipliedBy(3), times.longestPause());
        Duration jitter = times.firstPause().plus(share(most.minus(times.firstPause()), random.nextDouble()));
        Duration pause = jitter;
        if (failure.kind() == TokenFetchException.Kind.PERMANENT
                || failure.kind() == TokenFetchException.Kind.INVALID_GRANT) {
            Duration permanent = times.permanentPause();
            pause = permanent.plus(share(permanent, LONGER * random.nextDouble()));
        }
        if (failure.retryAfter() != null) {
            Duration wanted = shorter(failure.retryAfter(), times.longestRetryAfter());
            pause = wanted.compareTo(pause) > 0 ? wanted : pause;
        }
        return new Backoff(
                nanos + pause.toNanos(),
                pause,
                jitter,
                failure.kind(),
                new TokenException(message, failure.kind(), pause),
                wall);
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    boolean lasts(long nanos) {
        return until - nanos > 0;
    }

    Duration left(long nanos) {
        return lasts(nanos) ? Duration.ofNanos(until - nanos) : Duration.ZERO;
    }
}
