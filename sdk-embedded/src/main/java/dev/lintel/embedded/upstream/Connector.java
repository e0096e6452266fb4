package dev.lintel.embedded.upstream;

import dev.lintel.embedded.upstream.Origination.Handshake;
import dev.lintel.embedded.wire.ResponseDecoder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections to workloads. Names are looked up off the event loop, because that blocks. */
public final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final SslContext tls;
    private final Executor lookups;
    private final int timeoutMillis;
    private final int maxHeader;
    private final Map<Address, List<Wish>> wishes = new HashMap<>();

    private record Wish(EventLoop loop, Home home, Receiver receiver) {}

    /**
     * A connector.
     *
     * @param tls for workloads that speak TLS; their certificate must be for their host (RFC 9110, 4.3.4)
     * @param lookups where names are looked up
     * @param timeoutMillis how long making a connection may take
     * @param maxHeader the largest response header, in bytes
     */
    public Connector(SslContext tls, Executor lookups, int timeoutMillis, int maxHeader) {
        this.tls = tls;
        this.lookups = lookups;
        this.timeoutMillis = timeoutMillis;
        this.maxHeader = maxHeader;
    }

    void connect(EventLoop loop, Home home, Address address, Receiver receiver) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
        if (literal != null && address.origination() == null) {
            open(loop, home, address, literal, null, receiver);
            return;
        }
        Wish wish = new Wish(loop, home, receiver);
        if (joins(address, wish)) {
            return;
        }
        try {
            lookups.execute(() -> lookUp(address));
        } catch (RejectedExecutionException e) {
            tell(address, Failure.UNPREPARED, null, null);
        }
    }

    /** Whoever wants the same at the same time waits for the same look-up: an address takes one thread, however slow it is. */
    private boolean joins(Address address, Wish wish) {
        synchronized (wishes) {
            List<Wish> others = wishes.get(address);
            if (others == null) {
                wishes.put(address, new ArrayList<>(List.of(wish)));
                return false;
            }
            return others.add(wish);
        }
    }

    /** Says what came of a look-up: the address, or the failure. */
    private void tell(Address address, Failure failure, byte @Nullable [] ip, @Nullable Handshake handshake) {
        List<Wish> waiting;
        synchronized (wishes) {
            waiting = wishes.remove(address);
        }
        for (Wish wish : waiting == null ? List.<Wish>of() : waiting) {
            if (!wish.loop.isShuttingDown()) {
                wish.loop.execute(() -> {
                    if (ip == null) {
                        wish.receiver.failed(failure);
                    } else {
                        open(wish.loop, wish.home, address, ip, handshake, wish.receiver);
                    }
                });
            }
        }
    }

    private void lookUp(Address address) {
        byte[] found = null;
        Handshake prepared = null;
        Failure failure = Failure.UNPREPARED;
        try {
            prepared =
                    address.origination() == null ? null : address.origination().prepare();
            // From here on it is the workload's own: a name that nobody knows is no better than a port that is closed.
            failure = Failure.CONNECT;
            found = InetAddress.getByName(address.host()).getAddress();
        } catch (UnknownHostException e) {
            LOG.warn("workload {} is not known by name", address);
        } catch (IOException e) {
            LOG.warn("no connection to {}: {}", address, e.getMessage());
        } finally {
            // Whatever was thrown: those who wait are told, and the next one begins anew.
            tell(address, failure, found, prepared);
        }
    }

    private void open(
            EventLoop loop, Home home, Address address, byte[] ip, @Nullable Handshake handshake, Receiver receiver) {
        Origination special = address.origination();
        int millis = special == null ? timeoutMillis : special.connectMillis(timeoutMillis);
        ResponseDecoder decoder = new ResponseDecoder(maxHeader);
        Connection connection = new Connection(home, address, decoder);
        ChannelFuture opening = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (address.tls()) {
                            SslHandler tls =
                                    handshake == null ? handler(channel, address) : handshake.handler(channel.alloc());
                            tls.setHandshakeTimeoutMillis(millis);
                            channel.pipeline().addLast("tls", tls);
                        }
                        channel.pipeline().addLast(new HttpRequestEncoder(), decoder, connection);
                    }
                })
                .connect(new InetSocketAddress(inet(address, ip), address.port()));
        opening.addListener(done -> {
            if (!done.isSuccess()) {
                receiver.failed(Failure.CONNECT);
            } else if (address.tls()) {
                afterHandshake(opening.channel(), address, connection, receiver);
            } else {
                connection.give(receiver);
            }
        });
    }

    private static InetAddress inet(Address address, byte[] ip) {
        try {
            return InetAddress.getByAddress(address.host(), ip);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private SslHandler handler(Channel channel, Address address) {
        SslHandler handler = tls.newHandler(channel.alloc(), address.host(), address.port());
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private static void afterHandshake(Channel channel, Address address, Connection connection, Receiver receiver) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                connection.give(receiver);
            } else {
                if (address.origination() != null) {
                    address.origination().failed(done.cause());
                }
                connection.close();
                receiver.failed(Failure.CONNECT);
            }
        });
    }
}
