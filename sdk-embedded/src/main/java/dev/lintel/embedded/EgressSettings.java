package dev.lintel.embedded;

import dev.lintel.embedded.egress.EgressLimits;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What an egress proxy bounds; a value, each method answers a new one.
 *
 * <p>Unless said otherwise: 1,000 connections, request line 8 KiB, header 32 KiB. Times: 10 s for a header or a
 * ClientHello to come, 10 s to look a name up and connect, 60 s for a host to begin its answer to a plain request, 5 min
 * without a byte. Names are looked up by the JVM.
 */
public final class EgressSettings implements Cloneable {
    private static final EgressSettings DEFAULTS = new EgressSettings();

    EgressResolver resolver = host -> List.of(InetAddress.getAllByName(host));
    private int connections = 1_000;
    private int targetSize = 8 * 1024;
    private int headerSize = 32 * 1024;
    private Duration header = Duration.ofSeconds(10);
    private Duration connect = Duration.ofSeconds(10);
    private Duration response = Duration.ofSeconds(60);
    private Duration idle = Duration.ofMinutes(5);

    private EgressSettings() {}

    /**
     * The settings that hold unless something else is said.
     *
     * @return see the class
     */
    public static EgressSettings defaults() {
        return DEFAULTS;
    }

    /**
     * How names are looked up.
     *
     * @param resolver safe for use by many threads
     * @return new settings
     */
    public EgressSettings resolver(EgressResolver resolver) {
        EgressSettings changed = copy();
        changed.resolver = Objects.requireNonNull(resolver, "resolver");
        return changed;
    }

    /**
     * How many connections the application may have; a further one is closed at once.
     *
     * @param connections at least 1
     * @return new settings
     */
    public EgressSettings maxConnections(int connections) {
        EgressSettings changed = copy();
        changed.connections = Bounds.positive("the number of connections", connections);
        return changed;
    }

    /**
     * The longest request line; a longer one is answered 414.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public EgressSettings maxTargetSize(int bytes) {
        EgressSettings changed = copy();
        changed.targetSize = Bounds.positive("the longest request line", bytes);
        return changed;
    }

    /**
     * The largest header, of requests and of responses; a larger one is answered 431, or 502.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public EgressSettings maxHeaderSize(int bytes) {
        EgressSettings changed = copy();
        changed.headerSize = Bounds.positive("the largest header", bytes);
        return changed;
    }

    /**
     * How long a connection may take to say what it wants, answered 408 after that, and a tunnel to begin TLS, closed
     * after that.
     *
     * @param time more than zero
     * @return new settings
     */
    public EgressSettings headerTimeout(Duration time) {
        EgressSettings changed = copy();
        changed.header = Bounds.positive("the time for a header", time);
        return changed;
    }

    /**
     * How long looking a name up and connecting may take together; after that the answer is 504.
     *
     * @param time at least a millisecond
     * @return new settings
     */
    public EgressSettings connectTimeout(Duration time) {
        EgressSettings changed = copy();
        changed.connect = Bounds.positive("the time to connect", time);
        return changed;
    }

    /**
     * How long a host may take to begin its answer to a plain request; after that the answer is 504.
     *
     * @param time more than zero
     * @return new settings
     */
    public EgressSettings responseTimeout(Duration time) {
        EgressSettings changed = copy();
        changed.response = Bounds.positive("the time for a response", time);
        return changed;
    }

    /**
     * How long nothing may move, neither way, before a connection is closed.
     *
     * @param time more than zero
     * @return new settings
     */
    public EgressSettings idleTimeout(Duration time) {
        EgressSettings changed = copy();
        changed.idle = Bounds.positive("the time without a byte", time);
        return changed;
    }

    EgressLimits limits() {
        return new EgressLimits(
                connections,
                targetSize,
                headerSize,
                header.toNanos(),
                idle.toNanos(),
                response.toNanos(),
                connect.toNanos());
    }

    private EgressSettings copy() {
        try {
            return (EgressSettings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }
}
