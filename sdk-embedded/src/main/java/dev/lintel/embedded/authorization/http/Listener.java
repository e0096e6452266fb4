package dev.lintel.embedded.authorization.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that HTTP/1.1 is spoken on. It is bound first, so that its port is known, and accepts connections from
 * {@link #serve} on. All connections share one event loop; answers are computed on a few workers.
 */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ExecutorService workers;
    private final Limits limits;
    private final InstantSource clock;
    private final @Nullable SslContext tls;
    private final InetSocketAddress address;
    /** Only touched on the event loop. */
    private final Set<Connection> open = new HashSet<>();

    private final CountDownLatch drained = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Object door = new Object();
    private Channel server;
    private @Nullable HeldPort held;
    private volatile BooleanSupplier turnedAway = () -> false;
    private volatile Endpoint endpoint = Routes.none();

    private Listener(
            String name, InetSocketAddress address, Limits limits, InstantSource clock, @Nullable SslContext tls) {
        this.tls = tls;
        this.limits = limits;
        this.clock = clock;
        group = new NioEventLoopGroup(1, new DefaultThreadFactory(name + "-io", true));
        loop = group.next();
        workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory(name + "-worker", true));
        ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
        server = bound.channel();
        this.address = bound.isSuccess() ? (InetSocketAddress) server.localAddress() : address;
        if (!bound.isSuccess()) {
            closed.set(true);
            end();
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause()));
        }
    }

    /**
     * Binds a socket.
     *
     * @param name what the threads are called
     * @param address where; port 0 takes a free one
     * @param limits what one caller may ask
     * @param clock for the {@code Date} field
     * @return a listener that accepts nothing yet
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static Listener bind(String name, InetSocketAddress address, Limits limits, InstantSource clock) {
        return new Listener(name, address, limits, clock, null);
    }

    /**
     * The same, with TLS.
     *
     * @param tls see {@link Tls}; null for none
     */
    public static Listener bind(
            String name, InetSocketAddress address, Limits limits, InstantSource clock, @Nullable SslContext tls) {
        return new Listener(name, address, limits, clock, tls);
    }

    /** Where it listens, with the port that was taken. */
    public InetSocketAddress address() {
        return address;
    }

    /** Accepts connections from now on, whose requests the endpoint answers. */
    public void serve(Endpoint answers) {
        endpoint = answers;
        synchronized (door) {
            server.config().setAutoRead(true);
        }
    }

    /** Refuses connections from now on, as if nobody listened, and resets those that are open. */
    public void refuse() {
        synchronized (door) {
            if (held == null && !closed.get()) {
                server.close().awaitUninterruptibly();
                held = HeldPort.hold(address, limits.farewell());
                loop.execute(() -> new ArrayList<>(open).forEach(Connection::reset));
            }
        }
    }

    /**
     * Accepts connections again, at the same address.
     *
     * @throws UncheckedIOException if somebody has taken it meanwhile
     */
    public void accept() {
        synchronized (door) {
            HeldPort port = held;
            if (port == null || closed.get()) {
                return;
            }
            ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
            port.close();
            // Not every system lets a second socket have a port that is only bound.
            ChannelFuture last =
                    bound.isSuccess() ? bound : bootstrap().bind(address).awaitUninterruptibly();
            if (!last.isSuccess()) {
                throw new UncheckedIOException(new IOException("cannot listen on " + address + " again", last.cause()));
            }
            held = null;
            server = last.channel();
            server.config().setAutoRead(true);
        }
    }

    /**
     * Resets connections before anything is read, those that are open now first.
     *
     * @param whether asked on the event loop for each one that comes from now on
     */
    public void turnAway(BooleanSupplier whether) {
        turnedAway = whether;
        if (!closed.get()) {
            loop.execute(() -> new ArrayList<>(open).forEach(Connection::reset));
        }
    }

    /** Does something later, in real time, on the event loop; nothing if it has stopped by then. */
    public void later(Duration delay, Runnable next) {
        if (!closed.get()) {
            Future<?> unused = loop.schedule(next, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Stops listening, lets requests at hand be answered, closes all connections, ends all threads. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        synchronized (door) {
            server.close().awaitUninterruptibly();
            if (held != null) {
                held.close();
            }
        }
        loop.execute(() -> {
            new ArrayList<>(open).forEach(Connection::stop);
            left();
        });
        boolean cut = !awaitQuietly(drained::await);
        if (cut) {
            LOG.warn("closed over requests that were not answered within {}", limits.farewell());
        }
        end();
    }

    private void end() {
        workers.shutdown();
        awaitQuietly(workers::awaitTermination);
        group.shutdownGracefully(0, limits.farewell().toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }

    private interface Wait {
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    private boolean awaitQuietly(Wait wait) {
        try {
            return wait.await(limits.farewell().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void left() {
        if (closed.get() && open.isEmpty()) {
            drained.countDown();
        }
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
    }

    private void accept(SocketChannel channel) {
        if (closed.get() || open.size() >= limits.connections()) {
            channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            return;
        }
        if (turnedAway.getAsBoolean()) {
            RawOutlet.reset(channel);
            return;
        }
        Connection connection = new Connection(endpoint, workers, limits, clock);
        open.add(connection);
        channel.closeFuture().addListener(gone -> {
            open.remove(connection);
            left();
        });
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.patience().toMillis());
            channel.pipeline().addLast(handler);
        }
        connection.join(channel.pipeline());
    }
}
