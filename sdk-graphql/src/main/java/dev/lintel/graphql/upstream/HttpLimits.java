package dev.lintel.graphql.upstream;

import java.time.Duration;

/**
 * How much a service may take.
 *
 * @param bytes of the body of an answer
 * @param connect how long connecting may take, TLS included
 * @param read how long nothing may come
 * @param total how long a call may take from its begin to the last byte; the timeout of the request may be shorter
 * @param connections open at the same time; calls wait for one as long as connecting may take
 */
public record HttpLimits(int bytes, Duration connect, Duration read, Duration total, int connections) {
    /** 10 MB, 2 s, 10 s, 30 s, 64 connections. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(10_000_000, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30), 64);

    /** Checks that all are positive. */
    public HttpLimits {
        if (bytes < 1 || connections < 1 || connect.toMillis() < 1 || read.toMillis() < 1 || total.toMillis() < 1) {
            throw new IllegalArgumentException("limits of a service must be positive, times at least a millisecond");
        }
    }

    /**
     * The same with another size.
     *
     * @param most bytes of the body of an answer
     * @return the limits
     */
    public HttpLimits bytes(int most) {
        return new HttpLimits(most, connect, read, total, connections);
    }

    /**
     * The same with another time without a byte.
     *
     * @param most how long nothing may come
     * @return the limits
     */
    public HttpLimits read(Duration most) {
        return new HttpLimits(bytes, connect, most, total, connections);
    }

    /**
     * The same with another time for a whole call.
     *
     * @param most how long it may take
     * @return the limits
     */
    public HttpLimits total(Duration most) {
        return new HttpLimits(bytes, connect, read, most, connections);
    }

    /**
     * The same with another count of connections.
     *
     * @param most open at the same time
     * @return the limits
     */
    public HttpLimits connections(int most) {
        return new HttpLimits(bytes, connect, read, total, most);
    }
}
