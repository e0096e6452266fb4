package dev.lintel.graphql.upstream;

import java.time.Duration;

/**
 * How often a call is made again.
 *
 * @param attempts at most, the first one counted
 * @param first wait at most before the second attempt; it doubles with each one, and a random part of it is waited
 * @param longest wait at all, also if the service asks for more: then there is no other attempt
 * @param share of calls that may be attempts again, over time; ten are in reserve
 */
public record Retries(int attempts, Duration first, Duration longest, double share) {
    /** 3 attempts, 50 ms, 2 s, one in five. */
    public static final Retries DEFAULT = new Retries(3, Duration.ofMillis(50), Duration.ofSeconds(2), 0.2);
    /** One attempt. */
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO, 0);

    /** Checks that they are sensible. */
    public Retries {
        if (attempts < 1 || attempts > 10 || first.isNegative() || longest.isNegative() || share < 0 || share > 1) {
            throw new IllegalArgumentException(
                    "attempts are from 1 to 10, waits not negative, and the share from 0 to 1");
        }
    }
}
