package dev.lintel.embedded.serve;

import dev.lintel.auth.jwt.TokenVerifiers;
import dev.lintel.auth.jwt.VerifierSettings;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.balance.Tally;
import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.elsewhere.FarSides;
import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.identity.CertificateAuthority;
import dev.lintel.embedded.login.Logins;
import dev.lintel.embedded.served.Remote;
import dev.lintel.embedded.served.Ways;
import dev.lintel.embedded.upstream.Connector;
import dev.lintel.embedded.upstream.Pool;
import dev.lintel.embedded.world.Fronts;
import dev.lintel.embedded.world.Meters;
import dev.lintel.embedded.world.Surroundings;
import dev.lintel.embedded.world.View;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads, pools and the listener of one gateway, from start to stop. */
public final class Server {
    private static final int REST_PER_ADDRESS = 256;
    private static final int FUNCTION_THREADS = 256;
    private static final int LOOKUP_THREADS = 64;
    /** Apart from look-ups, so that people who log in hold up nobody else where their provider is slow. */
    private static final int LOGIN_THREADS = 64;

    private static final int SIGNATURE_QUEUE = 1024;

    private final NioEventLoopGroup loops;
    private final ExecutorService functions;
    private final ExecutorService lookups;
    private final ExecutorService signatures;
    private final ExecutorService journeys;
    private final TokenVerifiers verifiers;
    private final FarSides farSides;
    private final Askers askers;
    private final Logins logins;
    private final Remote remote;
    private final Fronts fronts;
    private final Engine engine;
    private final Listener listener;
    private final Parts parts;
    private @Nullable Inside inside;

    /**
     * What a server is started with.
     *
     * @param limits what is bounded
     * @param statuses which status answers which refusal
     * @param clock what guards and tokens ask for the time
     * @param time what sweeps and health checks go by; null for the machine's time
     * @param here where it runs
     * @param draw the chance
     * @param threads how many event loops
     * @param address where to listen
     * @param tls for clients; null for plain connections
     * @param inside how to listen for workloads that show who they are
     * @param serviceTls for workloads that speak TLS
     * @param trusted the same in PEM, for authorizers; null for the JVM's own choice
     * @param secrets reads what far sides need
     * @param recorder hears of every request; null if nobody wants to
     */
    public record Parts(
            Limits limits,
            Statuses statuses,
            InstantSource clock,
            @Nullable VirtualClock time,
            Locality here,
            Draw draw,
            int threads,
            InetSocketAddress address,
            @Nullable SslContext tls,
            Inside.Parts inside,
            SslContext serviceTls,
            @Nullable String trusted,
            SecretReader secrets,
            @Nullable Recorder recorder) {}

    /** Starts to listen; nothing is exposed at first. */
    public Server(Parts parts) {
        this.parts = parts;
        loops = new NioEventLoopGroup(parts.threads(), new DefaultThreadFactory("lintel-gateway", true));
        functions = blocking(FUNCTION_THREADS, "lintel-function");
        lookups = blocking(LOOKUP_THREADS, "lintel-lookup");
        journeys = blocking(LOGIN_THREADS, "lintel-login");
        signatures = computing(parts.threads(), "lintel-signature");
        verifiers = new TokenVerifiers(signatures, lookups, parts.clock(), VerifierSettings.DEFAULT);
        farSides = new FarSides(parts.secrets(), lookups, parts.clock(), Clocks.running(loops));
        logins = new Logins(parts.secrets(), journeys, parts.clock());
        Connector connector = new Connector(
                parts.serviceTls(),
                lookups,
                parts.limits().connectMillis(),
                parts.limits().header());
        IdentityHashMap<EventLoop, Pool> pools = new IdentityHashMap<>();
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            pools.put(loop, new Pool(loop, connector, TimeUnit.SECONDS.toNanos(30), REST_PER_ADDRESS));
        }
        Evaluator evaluator = Evaluator.of(MeshModel.EMPTY, parts.statuses(), parts.clock())
                .trusting(parts.inside().trustDomain());
        Time time = parts.time() == null ? Clocks.running(loops) : Clocks.moved(parts.time());
        Surroundings around = new Surroundings(
                time, parts.draw(), parts.here(), new Probes(loops, connector, time), new Tally(), new Meters(time));
        Time running = Clocks.running(loops);
        remote = new Remote(
                parts.trusted(),
                Duration.ofMillis(parts.limits().connectMillis()),
                (delay, task) -> running.after(delay.toNanos(), task)::cancel);
        Ways.Parts shared = new Ways.Parts(
                () -> engine().view(), parts.draw(), remote, parts.secrets(), functions, parts.clock(), running);
        fronts = new Fronts((api, rule) -> new Ways(api, rule, shared), running);
        View view = View.empty(evaluator, verifiers, farSides, logins, fronts, around);
        askers = new Askers(pools, parts.trusted());
        engine = new Engine(
                parts.limits(), parts.draw(), functions, pools, askers, parts.clock(), parts.recorder(), view);
        try {
            listener = new Listener(engine, loops, Doors.ordinary(engine, parts.tls()), parts.address());
            inside = parts.inside().atOnce() ? open() : null;
        } catch (Exception e) {
            end();
            throw e;
        }
    }

    public Engine engine() {
        return engine;
    }

    /** The threads that serve connections. */
    public EventLoopGroup loops() {
        return loops;
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /** What workloads call by their identity; begins to listen when it is first asked for. */
    public synchronized Inside inside() {
        Inside known = inside == null ? open() : inside;
        inside = known;
        return known;
    }

    private Inside open() {
        CertificateAuthority authority = new CertificateAuthority(parts.inside().trustDomain(), parts.clock());
        return new Inside(engine, loops, authority, parts.inside().address());
    }

    /** Stops; returns when no thread of it is left, or after the given time and a little more. */
    public synchronized void stop(long nanos) {
        long until = Ticks.now() + nanos;
        listener.stop();
        if (inside != null) {
            inside.listener().stop();
        }
        listener.await(nanos);
        if (inside != null) {
            inside.listener().await(Math.max(0, until - Ticks.now()));
        }
        end();
    }

    private void end() {
        engine.view().stop();
        verifiers.close();
        farSides.close();
        askers.close();
        logins.close();
        fronts.close();
        remote.close();
        engine.mirrors().close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        functions.shutdownNow();
        lookups.shutdownNow();
        signatures.shutdownNow();
        journeys.shutdownNow();
    }

    private static ExecutorService blocking(int threads, String name) {
        return new ThreadPoolExecutor(
                0, threads, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new DefaultThreadFactory(name, true));
    }

    /** Work that waits longer than this queue is long is better refused. */
    private static ExecutorService computing(int threads, String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(SIGNATURE_QUEUE),
                new DefaultThreadFactory(name, true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
