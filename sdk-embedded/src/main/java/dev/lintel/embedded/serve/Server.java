package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.embedded.upstream.Connector;
import dev.lintel.embedded.upstream.Pool;
import dev.lintel.embedded.world.View;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads, pools and the listener of one gateway, from start to stop. */
public final class Server {
    private static final int REST_PER_ADDRESS = 256;
    private static final int FUNCTION_THREADS = 256;

    private final NioEventLoopGroup loops;
    private final ExecutorService functions;
    private final Engine engine;
    private final Listener listener;

    /**
     * What a server is started with.
     *
     * @param limits what is bounded
     * @param tokens who judges tokens
     * @param draw the chance for splits
     * @param threads how many event loops
     * @param address where to listen
     * @param tls for clients; null for plain connections
     * @param serviceTls for workloads that speak TLS
     */
    public record Parts(
            Limits limits,
            Tokens tokens,
            Draw draw,
            int threads,
            InetSocketAddress address,
            @Nullable SslContext tls,
            SslContext serviceTls) {}

    /** Starts to listen. */
    public Server(Parts parts, View view) {
        loops = new NioEventLoopGroup(parts.threads(), new DefaultThreadFactory("lintel-gateway", true));
        functions = new ThreadPoolExecutor(
                0,
                FUNCTION_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DefaultThreadFactory("lintel-function", true));
        Connector connector = new Connector(
                parts.serviceTls(),
                functions,
                parts.limits().connectMillis(),
                parts.limits().header());
        Map<EventLoop, Pool> pools = new IdentityHashMap<>();
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            pools.put(loop, new Pool(loop, connector, TimeUnit.SECONDS.toNanos(30), REST_PER_ADDRESS));
        }
        boolean tls = parts.tls() != null;
        engine = new Engine(parts.limits(), parts.tokens(), parts.draw(), functions, pools, tls, view);
        try {
            listener = new Listener(engine, loops, parts.tls(), parts.address());
        } catch (Exception e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            functions.shutdownNow();
            throw e;
        }
    }

    public Engine engine() {
        return engine;
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /** Stops; returns when no thread of it is left, or after the given time and a little more. */
    public void stop(long nanos) {
        listener.stop(nanos);
        functions.shutdown();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        functions.shutdownNow();
    }
}
