package dev.lintel.auth.token;

import java.time.Duration;
import java.util.Objects;

/**
 * How long everything about a token takes and lasts. All are at least a millisecond and at most a day, so that no sum of
 * them overflows.
 *
 * @param exchange the most that one HTTP exchange with a token endpoint may take; 30 s
 * @param deadline the most that one flight may take, metadata and retries of the source included, before it counts as
 *     failed; 60 s
 * @param patience how long a caller waits that does not say; 30 s
 * @param unsaid the lifetime of a token whose server does not tell it; 5 min
 * @param longest the lifetime that is believed at most; 24 h
 * @param skew how long before it expires a token is no longer handed out, unless requests have been seen to take longer or
 *     that is more than a quarter of its lifetime; 10 s
 * @param firstPause the least pause after a failure; 0.5 s
 * @param longestPause the longest pause after a failure that may mend itself; 60 s
 * @param permanentPause the pause after a failure that does not mend itself, such as {@code invalid_client}; 5 min, and up
 *     to a tenth more
 * @param longestRetryAfter how far a server's {@code Retry-After} is followed; 1 h
 * @param revocation how long closing waits for the revocation of a token; 2 s
 */
public record TokenTimes(
        Duration exchange,
        Duration deadline,
        Duration patience,
        Duration unsaid,
        Duration longest,
        Duration skew,
        Duration firstPause,
        Duration longestPause,
        Duration permanentPause,
        Duration longestRetryAfter,
        Duration revocation) {
    private static final Duration DAY = Duration.ofHours(24);

    /** Those that the parameters name. */
    public static final TokenTimes DEFAULT = new TokenTimes(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            DAY,
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofSeconds(2));

    /** Checks that each is between a millisecond and a day. */
    public TokenTimes {
        check("exchange", exchange);
        check("deadline", deadline);
        check("patience", patience);
        check("unsaid", unsaid);
        check("longest", longest);
        check("skew", skew);
        check("firstPause", firstPause);
        check("longestPause", longestPause);
        check("permanentPause", permanentPause);
        check("longestRetryAfter", longestRetryAfter);
        check("revocation", revocation);
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("the longest pause must not be shorter than the first, but they were "
                    + longestPause + " and " + firstPause);
        }
    }

    private static void check(String name, Duration time) {
        Objects.requireNonNull(time, name);
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(DAY) > 0) {
            throw new IllegalArgumentException(
                    "a time of tokens must be at least 1 ms and at most 24 h, but " + name + " was " + time);
        }
    }

    /**
     * The same with another limit for one exchange.
     *
     * @param time the most that it may take
     * @return new times
     */
    public TokenTimes exchange(Duration time) {
        return new TokenTimes(
                time,
                deadline,
                patience,
                unsaid,
                longest,
                skew,
                firstPause,
                longestPause,
                permanentPause,
                longestRetryAfter,
                revocation);
    }

    /**
     * The same with another limit for one flight.
     *
     * @param time the most that it may take
     * @return new times
     */
    public TokenTimes deadline(Duration time) {
        return new TokenTimes(
                exchange,
                time,
                patience,
                unsaid,
                longest,
                skew,
                firstPause,
                longestPause,
                permanentPause,
                longestRetryAfter,
                revocation);
    }

    /**
     * The same with another patience of callers.
     *
     * @param time how long they wait
     * @return new times
     */
    public TokenTimes patience(Duration time) {
        return new TokenTimes(
                exchange,
                deadline,
                time,
                unsaid,
                longest,
                skew,
                firstPause,
                longestPause,
                permanentPause,
                longestRetryAfter,
                revocation);
    }

    /**
     * The same with another lifetime for tokens whose server does not tell it.
     *
     * @param time what is assumed
     * @return new times
     */
    public TokenTimes unsaid(Duration time) {
        return new TokenTimes(
                exchange,
                deadline,
                patience,
                time,
                longest,
                skew,
                firstPause,
                longestPause,
                permanentPause,
                longestRetryAfter,
                revocation);
    }

    /**
     * The same with another margin before a token expires.
     *
     * @param time the margin
     * @return new times
     */
    public TokenTimes skew(Duration time) {
        return new TokenTimes(
                exchange,
                deadline,
                patience,
                unsaid,
                longest,
                time,
                firstPause,
                longestPause,
                permanentPause,
                longestRetryAfter,
                revocation);
    }

    /**
     * The same with other pauses.
     *
     * @param first the least after a failure
     * @param most the longest after one that may mend itself
     * @param permanent after one that does not
     * @return new times
     */
    public TokenTimes pauses(Duration first, Duration most, Duration permanent) {
        return new TokenTimes(
                exchange,
                deadline,
                patience,
                unsaid,
                longest,
                skew,
                first,
                most,
                permanent,
                longestRetryAfter,
                revocation);
    }
}
