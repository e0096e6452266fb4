package dev.lintel.graphql.http;

import java.time.Duration;

/**
 * How much one connection of graphql-ws may ask for.
 *
 * @param initWait how long the first message may be waited for, and who asks be looked at
 * @param operations how many may go on at the same time
 * @param characters of a message
 */
public record SocketSettings(Duration initWait, int operations, int characters) {
    /** 10 s, 100 operations, 1 Mi characters. */
    public static final SocketSettings DEFAULT = new SocketSettings(Duration.ofSeconds(10), 100, 1 << 20);

    /** Checks that each is positive. */
    public SocketSettings {
        if (initWait.isNegative() || initWait.isZero() || operations < 1 || characters < 1) {
            throw new IllegalArgumentException("the limits of a connection must be positive");
        }
    }
}
