package dev.lintel.embedded.egress;

import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.embedded.serve.Alarm;
import dev.lintel.embedded.serve.Ticks;
import dev.lintel.embedded.wire.ConnectReader;
import dev.lintel.embedded.wire.ConnectReader.Connect;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestDecoder;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.ResponseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an application. It carries one call: a tunnel, or one plain request, so that nothing can be taken for
 * the answer to something else.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
final class ProxyFront extends ChannelInboundHandlerAdapter {
    private static final long LINGER = 2_000_000_000L;

    private final Outlet outlet;
    private final Channel client;
    private final ResponseEncoder encoder;
    private final Alarm alarm;
    private @Nullable EgressDecision decision;
    private @Nullable InetAddress address;
    private @Nullable PlainCall plain;
    private @Nullable Channel far;
    private String method = "-";
    private boolean begun;
    private boolean answered;
    private boolean tunnelled;
    private boolean leaving;

    ProxyFront(Outlet outlet, Channel client, ResponseEncoder encoder) {
        this.outlet = outlet;
        this.client = client;
        this.encoder = encoder;
        this.alarm = new Alarm(client.eventLoop(), this::expired);
    }

    Outlet outlet() {
        return outlet;
    }

    Channel client() {
        return client;
    }

    EventLoop loop() {
        return client.eventLoop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        alarm.at(Ticks.now() + outlet.limits().head());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!leaving && !begun && message instanceof HttpRequest request) {
            begin(request);
        } else if (!leaving && plain != null && message instanceof HttpContent content) {
            plain.body(content);
        } else if (!leaving && message instanceof ByteBuf) {
            ReferenceCountUtil.release(message);
            answer(Obstacle.bad(400, "nothing may be sent behind a CONNECT before it is answered"));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        begun = true;
        alarm.cancel();
        Refusal undecodable = RequestReader.undecodable(request.decoderResult());
        if (undecodable != null) {
            refuse(undecodable);
        } else if (HttpMethod.CONNECT.equals(request.method())) {
            connect(ConnectReader.read(request));
        } else {
            forward(request);
        }
    }

    private void connect(Connect connect) {
        if (connect.refusal() != null) {
            refuse(connect.refusal());
        } else if (isLetOut("CONNECT", connect.host(), connect.port())) {
            // What came behind the CONNECT leaves the decoder here, as bytes.
            client.pipeline().remove(RequestDecoder.class);
            dial(this::tunnel);
        }
    }

    private void forward(HttpRequest request) {
        String uri = request.uri();
        if (uri.regionMatches(true, 0, "https://", 0, 8)) {
            answer(Obstacle.bad(400, "https is asked for with CONNECT"));
            return;
        }
        if (!uri.regionMatches(true, 0, "http://", 0, 7)) {
            answer(Obstacle.bad(400, "a proxy is asked with CONNECT, or for a whole http URI"));
            return;
        }
        RequestHead head = RequestReader.read(request);
        if (head.refusal() != null) {
            refuse(head.refusal());
            return;
        }
        encoder.expect(head.isHead());
        int colon = head.host().lastIndexOf(':');
        boolean bare = colon < 0 || head.host().endsWith("]");
        String host = bare ? head.host() : head.host().substring(0, colon);
        int port = bare ? 80 : Integer.parseInt(head.host().substring(colon + 1));
        if (isLetOut(head.method(), host, port)) {
            PlainCall call = new PlainCall(this, encoder, head);
            plain = call;
            dial(call::connected);
        }
    }

    private boolean isLetOut(String by, String host, int port) {
        method = by;
        EgressDecision made = outlet.decide(host, port);
        decision = made;
        if (!made.isAllowed()) {
            outlet.destinations().refused();
            answer(Obstacle.refused(made));
        }
        return made.isAllowed();
    }

    /** Goes on with a connection to the host, on the event loop. */
    private interface Connected {
        void go(Channel channel, Destinations.Count count);
    }

    private void dial(Connected connected) {
        EgressDecision made = decision;
        if (made == null || leaving) {
            return;
        }
        client.config().setAutoRead(false);
        outlet.dialer().dial(loop(), made.host(), made.port(), made.privateAddresses(), new Dialer.Outcome() {
            @Override
            public void connected(Channel channel, InetAddress to) {
                address = to;
                far = channel;
                if (leaving || !client.isActive()) {
                    channel.close();
                } else if (isStillLetOut()) {
                    Destinations.Count count = outlet.destinations().of(made.host(), made.port());
                    count.opened();
                    channel.closeFuture().addListener(closed -> count.closed());
                    connected.go(channel, count);
                }
            }

            @Override
            public void failed(Obstacle obstacle) {
                boolean prohibited = obstacle.error().equals("destination_ip_prohibited");
                if (prohibited) {
                    outlet.destinations().refused();
                } else {
                    outlet.destinations().failed();
                }
                answer(obstacle);
            }
        });
    }

    private void tunnel(Channel channel, Destinations.Count count) {
        EgressDecision made = decision;
        if (made != null) {
            answered = true;
            tunnelled = true;
            client.pipeline().remove(encoder);
            new Tunnel(this, client, channel, made.host(), count, alarm).start();
        }
    }

    /** The model has changed. */
    void reconsiderLater() {
        try {
            loop().execute(() -> {
                if (!leaving && client.isActive()) {
                    isStillLetOut();
                }
            });
        } catch (RejectedExecutionException e) {
            client.close();
        }
    }

    /** Asks the model that is in force now; what it does not let out is refused, or cut if it has been answered already. */
    private boolean isStillLetOut() {
        EgressDecision old = decision;
        if (old == null) {
            return true;
        }
        EgressDecision now = outlet.decide(old.host(), old.port());
        decision = now;
        AddressKind kind = address == null ? AddressKind.PUBLIC : AddressKind.of(address);
        boolean good = now.isAllowed() && kind.mayBeCalled(now.privateAddresses());
        if (!good) {
            outlet.destinations().refused();
            cut(now.isAllowed() ? Obstacle.prohibited(now.host(), kind) : Obstacle.refused(now));
        }
        return good;
    }

    private void cut(Obstacle obstacle) {
        if (far != null) {
            far.close();
        }
        if (answered) {
            log("cut");
            leaving = true;
            client.close();
        } else {
            answer(obstacle);
        }
    }

    private void refuse(@Nullable Refusal refusal) {
        if (refusal != null) {
            answer(Obstacle.bad(refusal.status(), refusal.detail()));
        }
    }

    /** Answers in place of the host, and ends the connection. */
    void answer(Obstacle obstacle) {
        if (!leaving) {
            log(String.valueOf(obstacle.status()));
            client.write(ProxyAnswers.of(obstacle));
            leave();
        }
    }

    /** The answer has begun: from now on there is no other way to end it than to break it off. */
    void answers() {
        answered = true;
    }

    /** Sends what was written and waits for the client to close: closing on unread bytes would reset the answer. */
    void leave() {
        leaving = true;
        drop();
        client.config().setAutoRead(true);
        // Closing throws away what the client has not taken yet: however slow it is, the answer is whole.
        alarm.at(Ticks.now() + outlet.limits().idle());
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            alarm.at(Ticks.now() + LINGER);
            if (client instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    /** Breaks off in the middle of an answer, so that the client cannot take it for a whole one. */
    void abort() {
        leaving = true;
        client.close();
    }

    void log(String outcome) {
        EgressDecision made = decision;
        if (made != null) {
            outlet.log(method, made.host(), made.port(), outcome);
        } else {
            outlet.log("-", "-", 0, outcome);
        }
    }

    Alarm alarm() {
        return alarm;
    }

    private void drop() {
        if (plain != null) {
            plain.end();
        }
    }

    private void expired() {
        if (leaving) {
            client.close();
        } else if (!begun) {
            answer(Obstacle.bad(408, "the header did not come in time"));
        } else if (plain != null) {
            plain.expired();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (plain != null) {
            plain.flush();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (plain != null) {
            plain.clientWritable(client.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leaving = true;
        alarm.cancel();
        drop();
        if (far != null && !tunnelled) {
            far.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        client.close();
    }
}
