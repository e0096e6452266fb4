package dev.lintel.embedded.egress;

import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.embedded.wire.RequestDecoder;
import dev.lintel.embedded.wire.ResponseEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Listens for one application on a loopback port of its own. The port is the application's identity, because neither {@code
 * java.net.http} nor a {@link java.net.ProxySelector} sends credentials with a CONNECT unless it is challenged, and then
 * only in schemes that the JDK turns off for tunnels.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a client that is not let in
public final class EgressListener {
    /** Of its own, so that an application whose names are slow to look up holds up nobody else. */
    private static final int LOOKUP_THREADS = 8;

    private final Outlet outlet;
    private final ThreadPoolExecutor lookups;
    private final ChannelGroup channels;
    private final Channel server;

    /**
     * Begins to listen.
     *
     * @param namespace where the application lives
     * @param application its name
     * @param evaluator decides; asked anew for each call
     * @param resolver looks names up
     * @param limits what is bounded
     * @param group the event loops
     * @throws UncheckedIOException if no port is free
     */
    public EgressListener(
            String namespace,
            String application,
            Supplier<Evaluator> evaluator,
            Resolver resolver,
            EgressLimits limits,
            EventLoopGroup group) {
        this.lookups = new ThreadPoolExecutor(
                LOOKUP_THREADS,
                LOOKUP_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.connections()),
                new DefaultThreadFactory("lintel-egress-lookup", true));
        lookups.allowCoreThreadTimeOut(true);
        this.outlet =
                new Outlet(namespace, application, evaluator, limits, new Dialer(resolver, lookups, limits.connect()));
        this.channels = new DefaultChannelGroup(group.next(), true);
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            lookups.shutdownNow();
            throw new UncheckedIOException(new IOException(
                    "cannot listen for " + application + "." + namespace + ": "
                            + bound.cause().getMessage(),
                    bound.cause()));
        }
        this.server = bound.channel();
    }

    private void accept(Channel channel) {
        channels.add(channel);
        ResponseEncoder encoder = new ResponseEncoder();
        ProxyFront front = new ProxyFront(outlet, channel, encoder);
        boolean room = outlet.enter(front);
        channel.closeFuture().addListener(closed -> outlet.leave(front));
        if (!room) {
            channel.close();
            return;
        }
        EgressLimits limits = outlet.limits();
        channel.pipeline().addLast(new RequestDecoder(limits.target(), limits.header()), encoder, front);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** What the model that is in force now says about a call. */
    public EgressDecision decide(String host, int port) {
        return outlet.decide(host, port);
    }

    /** What was carried. */
    public Destinations destinations() {
        return outlet.destinations();
    }

    /** How many connections of the application are open. */
    public int connections() {
        return outlet.connections();
    }

    /** Cuts what the model that is in force now does not let out. */
    public void reconsider() {
        outlet.reconsider();
    }

    /** Stops at once, and cuts everything. */
    public void stop() {
        server.close().syncUninterruptibly();
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        lookups.shutdownNow();
    }
}
