package dev.lintel.auth.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a token client works with.
 *
 * @param clock what time it is
 * @param random what spreads the refreshes of many processes
 * @param executor where tokens are asked for; one thread is blocked for as long as an exchange takes
 * @param timeout how long one exchange may take
 */
public record TokenSettings(InstantSource clock, RandomGenerator random, Executor executor, Duration timeout) {
    /** Checks the time limit. */
    public TokenSettings {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "the time limit of a token request must be at least 1 ms, but was " + timeout);
        }
    }
}
