package dev.lintel.embedded.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The servers of a proxy: one for requests, one for probes. */
public final class Running implements AutoCloseable {
    static {
        // Else an answer on a connection that is kept waits for the client to acknowledge its first part.
        String unusedBefore = System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int THREADS = 128;
    private static final int WAITING = 1_024;
    private static final int END = 10;

    private final HttpServer requests;
    private final HttpServer probes;
    private final ExecutorService answering;
    private final ExecutorService calling;
    private final ExecutorService probing = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ServiceWays ways;
    private final Front front;
    private final Doorkeeper door;
    private final long drain;
    private final UnderWay underWay = new UnderWay();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean stopping;

    private Running(FrontProvider provider, Told settings) throws IOException {
        InstantSource clock = InstantSource.system();
        this.drain = settings.drain().toNanos();
        this.answering = pool();
        this.calling = pool();
        this.door = new Doorkeeper(settings.sidecar(), clock);
        this.ways =
                new ServiceWays(settings.api(), settings.rule().services(), settings.places(), calling, timer, clock);
        this.front = provider.open(settings.rule(), ways);
        this.requests = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
        this.probes = HttpServer.create(new InetSocketAddress(settings.address(), settings.probes()), 0);
    }

    /**
     * Starts both.
     *
     * @param provider opens the front
     * @param settings what it is told
     * @return listening
     * @throws IOException if a port is taken
     */
    public static Running start(FrontProvider provider, Told settings) throws IOException {
        Running running = new Running(provider, settings);
        running.requests.setExecutor(running.answering);
        var unusedRequests =
                running.requests.createContext("/", new FrontHandler(running.front, running.door, running.underWay));
        running.probes.setExecutor(running.probing);
        var unusedReady = running.probes.createContext(
                "/ready", exchange -> probe(exchange, !running.stopping && running.door.isThere()));
        var unusedLive = running.probes.createContext("/live", exchange -> probe(exchange, true));
        running.requests.start();
        running.probes.start();
        return running;
    }

    /** As many threads as may block at once; what is more waits, and what is more than that is refused. */
    private static ExecutorService pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static void probe(HttpExchange exchange, boolean good) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(good ? 200 : 503, -1);
        }
    }

    /**
     * Where requests are taken.
     *
     * @return the port
     */
    public int port() {
        return requests.getAddress().getPort();
    }

    /**
     * Where probes are taken.
     *
     * @return the port
     */
    public int probes() {
        return probes.getAddress().getPort();
    }

    @Override
    public void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        try {
            boolean unusedNever = drained.await(drain, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        front.close();
        try {
            underWay.awaitNone(END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requests.stop(0);
        probes.stop(0);
        ways.close();
        for (ExecutorService each : new ExecutorService[] {answering, calling, probing, timer}) {
            var unusedLeft = each.shutdownNow();
        }
    }
}
