package dev.lintel.embedded;

import dev.lintel.core.Secret;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.embedded.serve.Limits;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway listens and what it bounds; a value, each method answers a new one.
 *
 * <p>Unless said otherwise: the loopback address, a free port, the domain {@code localhost}, no TLS, header 32 KiB, request
 * line 8 KiB, no limit on bodies, 1 MiB for bodies given to functions, 10,000 connections, as many threads as processors.
 * Times: 10 s for a header to come, 60 s between requests, 5 min for a body, 60 s for a service to begin its answer, 2 s
 * to connect to it, 10 s to stop.
 */
public final class GatewaySettings implements Cloneable {
    private static final GatewaySettings DEFAULTS = new GatewaySettings();

    World world = new World(World.LOCALHOST);
    InetAddress address = InetAddress.getLoopbackAddress();
    int port;
    int threads = Runtime.getRuntime().availableProcessors();

    @Nullable
    String certificates;

    @Nullable
    Secret key;

    @Nullable
    String trusted;

    Statuses statuses = Statuses.STANDARD;
    InstantSource clock = InstantSource.system();
    Draw draw = Draw.RANDOM;
    Duration stop = Duration.ofSeconds(10);
    int journal;
    private int targetSize = 8 * 1024;
    private int headerSize = 32 * 1024;
    private long bodySize;
    private int functionBodySize = 1024 * 1024;
    private int connections = 10_000;
    private Duration header = Duration.ofSeconds(10);
    private Duration idle = Duration.ofSeconds(60);
    private Duration request = Duration.ofMinutes(5);
    private Duration response = Duration.ofSeconds(60);
    private Duration connect = Duration.ofSeconds(2);

    private GatewaySettings() {}

    /**
     * The settings that hold unless something else is said.
     *
     * @return see the class
     */
    public static GatewaySettings defaults() {
        return DEFAULTS;
    }

    /**
     * The domain below which hosts are made.
     *
     * @param domain for example {@code example.com}
     * @return new settings
     */
    public GatewaySettings domain(String domain) {
        GatewaySettings changed = copy();
        changed.world = new World(domain);
        return changed;
    }

    /**
     * The port to listen on.
     *
     * @param port 1 to 65535, or 0 for a free one
     * @return new settings
     */
    public GatewaySettings port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 0 to 65535, but was " + port);
        }
        GatewaySettings changed = copy();
        changed.port = port;
        return changed;
    }

    /**
     * The address to listen on.
     *
     * @param address an address of this machine; the any-address opens the gateway to the network
     * @return new settings
     */
    public GatewaySettings address(InetAddress address) {
        GatewaySettings changed = copy();
        changed.address = Objects.requireNonNull(address, "address");
        return changed;
    }

    /**
     * Speaks TLS 1.2 and 1.3 with clients.
     *
     * @param certificates PEM, the gateway's own first
     * @param key its private key, PEM in PKCS #8
     * @return new settings
     */
    public GatewaySettings tls(String certificates, Secret key) {
        GatewaySettings changed = copy();
        changed.certificates = Objects.requireNonNull(certificates, "certificates");
        changed.key = Objects.requireNonNull(key, "key");
        return changed;
    }

    /**
     * Whose certificates workloads at {@code https} addresses may have, in place of the JVM's own choice.
     *
     * @param certificates PEM
     * @return new settings
     */
    public GatewaySettings trust(String certificates) {
        GatewaySettings changed = copy();
        changed.trusted = Objects.requireNonNull(certificates, "certificates");
        return changed;
    }

    /**
     * Answers refusals as another world does.
     *
     * @param statuses which status answers which refusal
     * @return new settings
     */
    public GatewaySettings like(Statuses statuses) {
        GatewaySettings changed = copy();
        changed.statuses = Objects.requireNonNull(statuses, "statuses");
        return changed;
    }

    /**
     * What guards and tokens ask for the time.
     *
     * @param clock the clock
     * @return new settings
     */
    public GatewaySettings clock(InstantSource clock) {
        GatewaySettings changed = copy();
        changed.clock = Objects.requireNonNull(clock, "clock");
        return changed;
    }

    /**
     * The chance by which splits are drawn.
     *
     * @param draw safe for use by many threads
     * @return new settings
     */
    public GatewaySettings draw(Draw draw) {
        GatewaySettings changed = copy();
        changed.draw = Objects.requireNonNull(draw, "draw");
        return changed;
    }

    /**
     * How many requests the journal keeps; without one, the default, nothing of a request is noted.
     *
     * @param requests the last so many; 0 for no journal
     * @return new settings
     * @see Gateway#journal()
     */
    public GatewaySettings journal(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("a journal must keep 0 or more requests, but was " + requests);
        }
        GatewaySettings changed = copy();
        changed.journal = requests;
        return changed;
    }

    /**
     * How many threads serve connections.
     *
     * @param threads at least 1
     * @return new settings
     */
    public GatewaySettings threads(int threads) {
        GatewaySettings changed = copy();
        changed.threads = positive("the number of threads", threads);
        return changed;
    }

    /**
     * The longest request line; a longer one is answered 414.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxTargetSize(int bytes) {
        GatewaySettings changed = copy();
        changed.targetSize = positive("the longest request line", bytes);
        return changed;
    }

    /**
     * The largest header; a larger one is answered 431.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxHeaderSize(int bytes) {
        GatewaySettings changed = copy();
        changed.headerSize = positive("the largest header", bytes);
        return changed;
    }

    /**
     * The largest body of a request; a larger one is answered 413.
     *
     * @param bytes 0 for no limit
     * @return new settings
     */
    public GatewaySettings maxBodySize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the largest body must be 0 or more, but was " + bytes);
        }
        GatewaySettings changed = copy();
        changed.bodySize = bytes;
        return changed;
    }

    /**
     * The largest body that a function is given; a larger one is answered 413.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxFunctionBodySize(int bytes) {
        GatewaySettings changed = copy();
        changed.functionBodySize = positive("the largest body for a function", bytes);
        return changed;
    }

    /**
     * How many clients may be connected; a further one is disconnected at once.
     *
     * @param connections at least 1
     * @return new settings
     */
    public GatewaySettings maxConnections(int connections) {
        GatewaySettings changed = copy();
        changed.connections = positive("the number of connections", connections);
        return changed;
    }

    /**
     * How long a header may take from its first byte; after that the answer is 408.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings headerTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.header = positive("the time for a header", time);
        return changed;
    }

    /**
     * How long a connection may rest between two requests before it is closed.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings idleTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.idle = positive("the time between requests", time);
        return changed;
    }

    /**
     * How long a request's body may take; after that the answer is 408. A response that stands still for as long is broken
     * off.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings requestTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.request = positive("the time for a request", time);
        return changed;
    }

    /**
     * How long a service may take to begin its answer, where no definition says less; after that the answer is 504.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings responseTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.response = positive("the time for a response", time);
        return changed;
    }

    /**
     * How long connecting to a workload may take; after that the answer is 503.
     *
     * @param time at least a millisecond
     * @return new settings
     */
    public GatewaySettings connectTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.connect = positive("the time to connect", time);
        return changed;
    }

    /**
     * How long requests that are under way may take to end when the gateway is closed.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings stopTimeout(Duration time) {
        GatewaySettings changed = copy();
        changed.stop = positive("the time to stop", time);
        return changed;
    }

    Limits limits() {
        return new Limits(
                targetSize,
                headerSize,
                bodySize,
                functionBodySize,
                connections,
                header.toNanos(),
                idle.toNanos(),
                request.toNanos(),
                response.toNanos(),
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, connect.toMillis())));
    }

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but was " + value);
        }
        return value;
    }

    static Duration positive(String what, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(what + " must be more than zero and at most a day, but was " + time);
        }
        return time;
    }

    private GatewaySettings copy() {
        try {
            return (GatewaySettings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }

    @Override
    public String toString() {
        return (key == null ? "http://" : "https://") + "*." + world.domain() + ":" + port + " on "
                + address.getHostAddress();
    }
}
