package dev.lintel.embedded;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.opa.OpaAsker;
import dev.lintel.embedded.serve.TlsContexts;
import dev.lintel.embedded.upstream.Connector;
import dev.lintel.embedded.upstream.Pool;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.IdentityHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks OPA's data API about requests, as a gateway does, for those that are no gateway. It never blocks. Safe for use by many
 * threads; who asks on one of its own {@link #threads()} stays on it.
 */
public final class OpaClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2000;
    private static final int MOST_HEADER = 32 * 1024;
    private static final int LOOKUP_THREADS = 8;
    private static final int REST_PER_ADDRESS = 256;

    private final NioEventLoopGroup loops;
    private final ExecutorService lookups;
    private final IdentityHashMap<EventLoop, OpaAsker> askers = new IdentityHashMap<>();

    private OpaClient(int threads, @Nullable String trusted) {
        loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("lintel-opa", true));
        lookups = new ThreadPoolExecutor(
                0,
                LOOKUP_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DefaultThreadFactory("lintel-opa-lookup", true));
        Connector connector = new Connector(TlsContexts.forWorkloads(trusted), lookups, CONNECT_MILLIS, MOST_HEADER);
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            askers.put(loop, new OpaAsker(new Pool(loop, connector, TimeUnit.SECONDS.toNanos(30), REST_PER_ADDRESS)));
        }
    }

    /**
     * Starts a client.
     *
     * @param threads how many threads it has, at least 1; they are daemons
     * @param trusted the certificates, in PEM, by which an OPA is known that speaks TLS; null for the JVM's own choice
     * @return a client without connections
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    public static OpaClient start(int threads, @Nullable String trusted) {
        return new OpaClient(threads, trusted);
    }

    /**
     * Its threads.
     *
     * @return a group of event loops of Netty
     */
    public ScheduledExecutorService threads() {
        return loops;
    }

    /**
     * Asks.
     *
     * @param rule who is asked for which decision, and how long an answer may take
     * @param request what is told
     * @param then is told the answer once, unless the asking is cancelled, on one of the client's threads; failures are
     *     answers
     * @return stops the asking, from any thread
     */
    public Asking ask(AuthorizerRule rule, CheckedRequest request, Consumer<Answer> then) {
        EventLoop loop = loop();
        Call call = new Call(loop, rule, then);
        try {
            if (loop.inEventLoop()) {
                call.begin(request);
            } else {
                loop.execute(() -> call.begin(request));
            }
        } catch (RejectedExecutionException e) {
            call.come(Answer.failed("the client is closed"));
        }
        return call;
    }

    private EventLoop loop() {
        for (EventLoop loop : askers.keySet()) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return loops.next();
    }

    private final class Call implements Asking {
        private final EventLoop loop;
        private final AuthorizerRule rule;
        private final Consumer<Answer> then;
        private final AtomicBoolean over = new AtomicBoolean();
        private Asking asking = Asking.OVER;
        private @Nullable Future<?> timer;

        Call(EventLoop loop, AuthorizerRule rule, Consumer<Answer> then) {
            this.loop = loop;
            this.rule = rule;
            this.then = then;
        }

        void begin(CheckedRequest request) {
            OpaAsker asker = askers.get(loop);
            if (asker == null || over.get()) {
                return;
            }
            timer = loop.schedule(this::late, rule.timeout().toNanos(), TimeUnit.NANOSECONDS);
            asking = asker.ask(rule, request, this::come);
        }

        private void late() {
            asking.cancel();
            come(Answer.failed("it did not answer in time"));
        }

        void come(Answer answer) {
            if (timer != null) {
                timer.cancel(false);
            }
            if (over.compareAndSet(false, true)) {
                then.accept(answer);
            }
        }

        @Override
        public void cancel() {
            if (over.compareAndSet(false, true) && !loop.isShuttingDown()) {
                loop.execute(() -> {
                    if (timer != null) {
                        timer.cancel(false);
                    }
                    asking.cancel();
                });
            }
        }
    }

    /** Gives up what is under way, and ends its threads. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        lookups.shutdownNow();
    }
}
