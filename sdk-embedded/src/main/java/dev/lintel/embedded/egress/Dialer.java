package dev.lintel.embedded.egress;

import dev.lintel.embedded.serve.Ticks;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a name up once, checks every address that comes back, and connects to one of those that were checked: whoever
 * answers differently the second time is never asked a second time. One address that must not be called spoils all.
 */
final class Dialer {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    private static final int MOST_TRIES = 4;

    private final Resolver resolver;
    private final Executor lookups;
    private final long nanos;

    Dialer(Resolver resolver, Executor lookups, long nanos) {
        this.resolver = resolver;
        this.lookups = lookups;
        this.nanos = nanos;
    }

    /** Hears what came of it, on the event loop, once. */
    interface Outcome {
        /** Nothing is read from the channel until somebody asks for it. */
        void connected(Channel channel, InetAddress address);

        void failed(Obstacle obstacle);
    }

    void dial(EventLoop loop, String host, int port, boolean privateToo, Outcome outcome) {
        Dial dial = new Dial(loop, host, port, privateToo, outcome);
        dial.start();
    }

    /** One call, from the name to the connection. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // a connection that nobody wants any more is closed, however that ends
    private final class Dial {
        private final EventLoop loop;
        private final String host;
        private final int port;
        private final boolean privateToo;
        private final Outcome outcome;
        private final long deadline = Ticks.now() + nanos;
        private final Deque<InetAddress> addresses = new ArrayDeque<>();
        private @Nullable Future<?> clock;
        private boolean done;

        Dial(EventLoop loop, String host, int port, boolean privateToo, Outcome outcome) {
            this.loop = loop;
            this.host = host;
            this.port = port;
            this.privateToo = privateToo;
            this.outcome = outcome;
        }

        void start() {
            clock = loop.schedule(() -> fail(Obstacle.LATE), nanos, TimeUnit.NANOSECONDS);
            try {
                lookups.execute(this::lookUp);
            } catch (RejectedExecutionException e) {
                fail(Obstacle.BUSY);
            }
        }

        private void lookUp() {
            if (Ticks.now() >= deadline) {
                return;
            }
            List<InetAddress> found = List.of();
            try {
                found = List.copyOf(resolver.resolve(host));
            } catch (UnknownHostException e) {
                LOG.debug("{} is not known by name", host);
            } catch (RuntimeException e) {
                LOG.warn("looking up {} failed", host, e);
            }
            List<InetAddress> all = found;
            if (!loop.isShuttingDown()) {
                loop.execute(() -> found(all));
            }
        }

        private void found(List<InetAddress> all) {
            for (InetAddress address : all) {
                AddressKind kind = AddressKind.of(address);
                if (!kind.mayBeCalled(privateToo)) {
                    fail(Obstacle.prohibited(host, kind));
                    return;
                }
            }
            all.stream().limit(MOST_TRIES).forEach(addresses::add);
            if (addresses.isEmpty()) {
                fail(Obstacle.UNKNOWN);
            } else {
                connect();
            }
        }

        private void connect() {
            InetAddress address = addresses.poll();
            if (address == null || done) {
                fail(Obstacle.UNREACHABLE);
                return;
            }
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - Ticks.now()));
            ChannelFuture opening = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, left / (addresses.size() + 1)))
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(address, port));
            opening.addListener(opened -> {
                if (!opened.isSuccess()) {
                    connect();
                } else if (done) {
                    opening.channel().close();
                } else {
                    end();
                    outcome.connected(opening.channel(), address);
                }
            });
        }

        private void fail(Obstacle obstacle) {
            if (!done) {
                end();
                outcome.failed(obstacle);
            }
        }

        private void end() {
            done = true;
            if (clock != null) {
                clock.cancel(false);
            }
        }
    }
}
