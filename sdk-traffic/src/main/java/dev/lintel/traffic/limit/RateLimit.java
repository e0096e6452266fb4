package dev.lintel.traffic.limit;

import dev.lintel.core.Durations;
import dev.lintel.core.Policy;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many requests may enter, by a token bucket: it holds a burst, fills up steadily, and a request takes one token
 * out or is answered 429 with {@code Retry-After}. An entry policy, asked once access was granted, in front of routes and
 * faults; calls from inside are not counted.
 *
 * <p>Each gateway counts for itself. Requests that lack what is counted by (no token, no such claim, an address that is
 * not known) share one bucket of their own, so that leaving it out gains nothing. A gateway remembers the buckets that are
 * not full, about 190,000 of a limit; whoever comes beyond that shares a few buckets with others like it until there is
 * room, and nobody's bucket is given up for that.
 *
 * @param requests how many enter in the time, 1 to 1,000,000; they are spread evenly over it
 * @param per the time, whole milliseconds from 1 ms to 24 h
 * @param burst how many may enter at once after a pause, 1 to 1,000,000; null is as many as {@code requests}
 * @param by who has a bucket of their own
 * @param claim the claim's name for {@link By#CLAIM}; null for the others
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter">Envoy,
 *     local rate limit</a>
 */
public record RateLimit(
        int requests,
        Duration per,
        @Nullable Integer burst,
        By by,
        @Nullable String claim) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.rate-limit/v1";

    /** The most requests, at once or in the time. */
    static final int MOST = 1_000_000;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_NAME = 1024;

    /** Who has a bucket of their own. */
    public enum By {
        /** Nobody: all requests share one bucket. */
        ALL,
        /** Each caller: the issuer and subject of the verified token. */
        CALLER,
        /** Each value of a claim of the verified token, by issuer; a list or an object counts as a whole. */
        CLAIM,
        /** Each address that requests come from; an IPv6 address by its first 64 bits, because who has one has them all. */
        ADDRESS
    }

    /** Checks the numbers and the claim. */
    public RateLimit {
        Objects.requireNonNull(per, "per");
        Objects.requireNonNull(by, "by");
        if (requests < 1 || requests > MOST) {
            throw new IllegalArgumentException(
                    "a rate limit must let 1 to " + MOST + " requests enter, but was given " + requests);
        }
        if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0 || per.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    "the time of a rate limit must be whole milliseconds, 1 ms to 24 h, but was " + per);
        }
        if (burst != null && (burst < 1 || burst > MOST)) {
            throw new IllegalArgumentException(
                    "the burst of a rate limit must be 1 to " + MOST + " requests, but was " + burst);
        }
        if ((by == By.CLAIM) != (claim != null)) {
            throw new IllegalArgumentException("a rate limit by claim, and no other, names a claim, but one by "
                    + words(by) + " was given " + (claim == null ? "none" : "'" + claim + "'"));
        }
        if (claim != null && (claim.isBlank() || claim.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("a rate limit by claim must name the claim in 1 to " + LONGEST_NAME
                    + " characters, but was '" + claim + "'");
        }
    }

    /**
     * A limit for all requests together, with as many at once as in the time.
     *
     * @param requests how many enter in the time, 1 to 1,000,000
     * @param per the time, whole milliseconds from 1 ms to 24 h
     * @return the policy
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static RateLimit of(int requests, Duration per) {
        return new RateLimit(requests, per, null, By.ALL, null);
    }

    /**
     * The same with another burst.
     *
     * @param most how many may enter at once after a pause, 1 to 1,000,000
     * @return a new policy
     */
    public RateLimit burst(int most) {
        return new RateLimit(requests, per, most, by, claim);
    }

    /**
     * The same for each caller by itself; those without a verified token that has a subject share one bucket.
     *
     * @return a new policy
     */
    public RateLimit byCaller() {
        return new RateLimit(requests, per, burst, By.CALLER, null);
    }

    /**
     * The same for each value of a claim by itself, for example a tenant; those without it share one bucket.
     *
     * @param name the claim's name
     * @return a new policy
     */
    public RateLimit byClaim(String name) {
        return new RateLimit(requests, per, burst, By.CLAIM, name);
    }

    /**
     * The same for each address by itself, as the gateway sees the connection: behind another proxy that is the proxy's.
     *
     * @return a new policy
     */
    public RateLimit byAddress() {
        return new RateLimit(requests, per, burst, By.ADDRESS, null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return words(by) + (claim == null ? "" : " " + claim) + " in " + Durations.write(per);
    }

    private static String words(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
