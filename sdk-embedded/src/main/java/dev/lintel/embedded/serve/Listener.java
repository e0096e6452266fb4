package dev.lintel.embedded.serve;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Listens for clients, and stops without breaking off what is under way. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a client that is not let in
final class Listener {
    private final Engine engine;
    private final Door door;
    private final ChannelGroup clients;
    private final Channel server;

    /**
     * Begins to listen.
     *
     * @param engine what the connections share
     * @param group the event loops
     * @param door what is done with those who come
     * @param address where to listen; port 0 for a free one
     * @throws UncheckedIOException if that address cannot be bound
     */
    Listener(Engine engine, EventLoopGroup group, Door door, InetSocketAddress address) {
        this.engine = engine;
        this.door = door;
        this.clients = new DefaultChannelGroup(group.next(), true);
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause()));
        }
        this.server = bound.channel();
    }

    private void accept(Channel channel) {
        if (engine.counters().opened() > engine.limits().connections()) {
            engine.counters().closed();
            channel.close();
            return;
        }
        clients.add(channel);
        channel.closeFuture().addListener(closed -> engine.counters().closed());
        door.open(channel);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Accepts no one any more, and lets what is under way end. */
    void stop() {
        engine.stop();
        server.close().syncUninterruptibly();
        for (Channel client : clients) {
            Leaving leaving = client.pipeline().get(Front.class);
            if (leaving == null) {
                leaving = client.pipeline().get(Vestibule.class);
            }
            if (leaving != null) {
                client.eventLoop().execute(leaving::stop);
            }
        }
    }

    /**
     * Waits for what is under way, and closes what has not ended in time.
     *
     * @param nanos how long to wait
     */
    void await(long nanos) {
        if (!clients.newCloseFuture().awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS)) {
            clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }
}
