package dev.lintel.embedded.egress;

import dev.lintel.embedded.serve.Alarm;
import dev.lintel.embedded.serve.Ticks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Carries bytes both ways once the client has begun to speak TLS with the host that it asked for. Each side is read only as
 * fast as the other takes; when one side has said all, the other may go on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
final class Tunnel {
    /** A fatal alert, unrecognized_name (RFC 8446, 6.2), so that a client that speaks TLS is told. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final ProxyFront front;
    private final Channel client;
    private final Channel server;
    private final String host;
    private final Destinations.Count count;
    private final Alarm alarm;
    private final ByteBuf held;
    private boolean opening = true;
    private int finished;

    Tunnel(ProxyFront front, Channel client, Channel server, String host, Destinations.Count count, Alarm cancelled) {
        this.front = front;
        this.client = client;
        this.server = server;
        this.host = host;
        this.count = count;
        cancelled.cancel();
        this.alarm = new Alarm(client.eventLoop(), this::expired);
        this.held = client.alloc().buffer();
    }

    void start() {
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        server.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client.pipeline().addBefore(client.pipeline().context(front).name(), "outward", new Side(client, server, true));
        server.pipeline().addLast(new Side(server, client, false));
        alarm.at(Ticks.now() + front.outlet().limits().head());
        client.writeAndFlush(ProxyAnswers.established());
        client.config().setAutoRead(true);
    }

    /** The first bytes, until they say which host they are for. */
    private void hello(ByteBuf bytes) {
        held.writeBytes(bytes);
        bytes.release();
        ClientHello hello = ClientHello.read(held);
        if (hello.isFor(host)) {
            opening = false;
            moved();
            front.log("opened");
            send(held);
            server.flush();
            server.config().setAutoRead(true);
        } else if (hello.outcome() != ClientHello.Outcome.MORE) {
            forget();
            front.outlet().destinations().refused();
            front.log("refused: " + (hello.outcome() == ClientHello.Outcome.NONE ? "no TLS" : "TLS for another host"));
            server.close();
            Object last = hello.outcome() == ClientHello.Outcome.WHOLE
                    ? Unpooled.wrappedBuffer(UNRECOGNIZED_NAME)
                    : Unpooled.EMPTY_BUFFER;
            client.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Bytes count as sent when they have been handed to the system. */
    private void send(ByteBuf bytes) {
        int size = bytes.readableBytes();
        server.write(bytes).addListener(written -> {
            if (written.isSuccess()) {
                count.sent(size);
            }
        });
    }

    private void receive(ByteBuf bytes) {
        count.received(bytes.readableBytes());
        client.write(bytes);
    }

    private void moved() {
        alarm.at(Ticks.now() + front.outlet().limits().idle());
    }

    private void finish(Channel to) {
        finished++;
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (finished == 2) {
                to.close();
            } else if (to instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    private void closed(Channel other) {
        forget();
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (!client.isActive() && !server.isActive()) {
            alarm.cancel();
        }
    }

    private void forget() {
        if (opening) {
            opening = false;
            held.release();
        }
    }

    private void expired() {
        front.log("closed: nothing moved");
        server.close();
        client.close();
    }

    /** One of the two connections. */
    private final class Side extends ChannelInboundHandlerAdapter {
        private final Channel own;
        private final Channel other;
        private final boolean outward;

        Side(Channel own, Channel other, boolean outward) {
            this.own = own;
            this.other = other;
            this.outward = outward;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof ByteBuf bytes)) {
                ReferenceCountUtil.release(message);
            } else if (outward && opening) {
                hello(bytes);
            } else {
                moved();
                if (outward) {
                    send(bytes);
                } else {
                    receive(bytes);
                }
                if (!other.isWritable()) {
                    own.config().setAutoRead(false);
                }
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (own.isWritable() && !opening) {
                other.config().setAutoRead(true);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                if (opening) {
                    own.close();
                } else {
                    finish(other);
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed(other);
            context.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            own.close();
        }
    }
}
