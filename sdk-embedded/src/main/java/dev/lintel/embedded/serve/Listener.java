package dev.lintel.embedded.serve;

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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens for clients, and stops without breaking off what is under way. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a client that is not let in
public final class Listener {
    private final Engine engine;
    private final @Nullable SslContext tls;
    private final ChannelGroup clients;
    private final Channel server;

    /**
     * Begins to listen.
     *
     * @param engine what the connections share
     * @param group the event loops
     * @param tls null for plain connections
     * @param address where to listen; port 0 for a free one
     * @throws UncheckedIOException if that address cannot be bound
     */
    public Listener(Engine engine, EventLoopGroup group, @Nullable SslContext tls, InetSocketAddress address) {
        this.engine = engine;
        this.tls = tls;
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
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeout(engine.limits().head(), TimeUnit.NANOSECONDS);
            channel.pipeline().addLast(handler);
        }
        ResponseEncoder encoder = new ResponseEncoder();
        Front front = new Front(engine, channel, encoder);
        Limits limits = engine.limits();
        channel.pipeline()
                .addLast(new FirstByte(front), new RequestDecoder(limits.target(), limits.header()), encoder, front);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /**
     * Accepts no one any more, lets what is under way end, and closes what has not ended in time.
     *
     * @param nanos how long to wait
     */
    public void stop(long nanos) {
        engine.stop();
        server.close().syncUninterruptibly();
        for (Channel client : clients) {
            Front front = client.pipeline().get(Front.class);
            if (front != null) {
                client.eventLoop().execute(front::stop);
            }
        }
        if (!clients.newCloseFuture().awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS)) {
            clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }
}
