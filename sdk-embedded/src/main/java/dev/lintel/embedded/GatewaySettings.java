package dev.lintel.embedded;

import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.serve.Limits;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
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
    Locality locality = Locality.UNKNOWN;

    @Nullable
    VirtualClock time;

    String trustDomain = Caller.Workload.CLUSTER_LOCAL;
    int inside = -1;
    Secrets secrets = Secrets.none();
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
        return with(changed -> changed.world = new World(domain));
    }

    /**
     * The port to listen on.
     *
     * @param port 1 to 65535, or 0 for a free one
     * @return new settings
     */
    public GatewaySettings port(int port) {
        return with(changed -> changed.port = Bounds.port(port));
    }

    /**
     * The address to listen on.
     *
     * @param address an address of this machine; the any-address opens the gateway to the network
     * @return new settings
     */
    public GatewaySettings address(InetAddress address) {
        return with(changed -> changed.address = Objects.requireNonNull(address, "address"));
    }

    /**
     * The trust domain of the identities of workloads; {@code cluster.local} unless said, as in Istio.
     *
     * @param trustDomain lower-case letters, digits, dots, hyphens and underscores, at most 255
     * @return new settings
     */
    public GatewaySettings trustDomain(String trustDomain) {
        return with(changed -> changed.trustDomain = Bounds.trustDomain(trustDomain));
    }

    /**
     * Listens for workloads from the start, and not only when the first identity is asked for, on the same address.
     *
     * @param port 1 to 65535, or 0 for a free one
     * @return new settings
     * @see Gateway#identity(String)
     */
    public GatewaySettings inside(int port) {
        return with(changed -> changed.inside = Bounds.port(port));
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
        return with(changed -> changed.trusted = Objects.requireNonNull(certificates, "certificates"));
    }

    /**
     * Answers refusals as another world does.
     *
     * @param statuses which status answers which refusal
     * @return new settings
     */
    public GatewaySettings like(Statuses statuses) {
        return with(changed -> changed.statuses = Objects.requireNonNull(statuses, "statuses"));
    }

    /**
     * What guards and tokens ask for the time.
     *
     * @param clock the clock
     * @return new settings
     */
    public GatewaySettings clock(InstantSource clock) {
        return with(changed -> changed.clock = Objects.requireNonNull(clock, "clock"));
    }

    /**
     * A time that a test moves, in place of the machine's, for what happens by itself: sweeps that let ejected workloads in
     * again, health checks, delays made on purpose, and the windows of {@link Gateway#metrics()}. Time-outs go by the machine's time all the same.
     *
     * @param time the clock
     * @return new settings
     */
    public GatewaySettings time(VirtualClock time) {
        return with(changed -> changed.time = Objects.requireNonNull(time, "time"));
    }

    /**
     * Where this gateway runs; unless said, all workloads are equally near.
     *
     * @param locality {@code region}, {@code region/zone} or {@code region/zone/subzone}
     * @return new settings
     * @see Workload#locality(String)
     */
    public GatewaySettings locality(String locality) {
        return with(changed -> changed.locality = Locality.of(locality));
    }

    /**
     * The chance by which splits, workloads and pauses are drawn.
     *
     * @param draw safe for use by many threads
     * @return new settings
     */
    public GatewaySettings draw(Draw draw) {
        return with(changed -> changed.draw = Objects.requireNonNull(draw, "draw"));
    }

    /**
     * Where the secrets are that definitions name: keys and certificates, clients' secrets, API keys of services elsewhere.
     * Without it there are none.
     *
     * @param secrets safe for use by many threads; may block
     * @return new settings
     */
    public GatewaySettings secrets(Secrets secrets) {
        return with(changed -> changed.secrets = Objects.requireNonNull(secrets, "secrets"));
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
        return with(changed -> changed.journal = requests);
    }

    /**
     * How many threads serve connections.
     *
     * @param threads at least 1
     * @return new settings
     */
    public GatewaySettings threads(int threads) {
        return with(changed -> changed.threads = Bounds.positive("the number of threads", threads));
    }

    /**
     * The longest request line; a longer one is answered 414.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxTargetSize(int bytes) {
        return with(changed -> changed.targetSize = Bounds.positive("the longest request line", bytes));
    }

    /**
     * The largest header; a larger one is answered 431.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxHeaderSize(int bytes) {
        return with(changed -> changed.headerSize = Bounds.positive("the largest header", bytes));
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
        return with(changed -> changed.bodySize = bytes);
    }

    /**
     * The largest body that a function is given; a larger one is answered 413.
     *
     * @param bytes at least 1
     * @return new settings
     */
    public GatewaySettings maxFunctionBodySize(int bytes) {
        return with(changed -> changed.functionBodySize = Bounds.positive("the largest body for a function", bytes));
    }

    /**
     * How many clients may be connected; a further one is disconnected at once.
     *
     * @param connections at least 1
     * @return new settings
     */
    public GatewaySettings maxConnections(int connections) {
        return with(changed -> changed.connections = Bounds.positive("the number of connections", connections));
    }

    /**
     * How long a header may take from its first byte; after that the answer is 408.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings headerTimeout(Duration time) {
        return with(changed -> changed.header = Bounds.positive("the time for a header", time));
    }

    /**
     * How long a connection may rest between two requests before it is closed.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings idleTimeout(Duration time) {
        return with(changed -> changed.idle = Bounds.positive("the time between requests", time));
    }

    /**
     * How long a request's body may take; after that the answer is 408. A response that stands still for as long is broken
     * off.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings requestTimeout(Duration time) {
        return with(changed -> changed.request = Bounds.positive("the time for a request", time));
    }

    /**
     * How long a service may take to begin its answer, where no definition says less; after that the answer is 504.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings responseTimeout(Duration time) {
        return with(changed -> changed.response = Bounds.positive("the time for a response", time));
    }

    /**
     * How long connecting to a workload may take; after that the answer is 503.
     *
     * @param time at least a millisecond
     * @return new settings
     */
    public GatewaySettings connectTimeout(Duration time) {
        return with(changed -> changed.connect = Bounds.positive("the time to connect", time));
    }

    /**
     * How long requests that are under way may take to end when the gateway is closed.
     *
     * @param time more than zero
     * @return new settings
     */
    public GatewaySettings stopTimeout(Duration time) {
        return with(changed -> changed.stop = Bounds.positive("the time to stop", time));
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

    private GatewaySettings with(Consumer<GatewaySettings> change) {
        GatewaySettings changed = copy();
        change.accept(changed);
        return changed;
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
