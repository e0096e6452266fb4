package dev.lintel.embedded.serve;

import dev.lintel.embedded.identity.Greeting;
import dev.lintel.embedded.identity.Proven;
import dev.lintel.embedded.wire.ConnectReader;
import dev.lintel.embedded.wire.ConnectReader.Connect;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestDecoder;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.ResponseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

/**
 * A connection of a workload until its handshake is done. It begins with TLS, or with a CONNECT in clear that a client
 * sends to its proxy, and then TLS with this gateway itself (RFC 9110, 9.3.6). Nothing else is served here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
final class Vestibule extends ChannelInboundHandlerAdapter implements Leaving {
    private static final int TLS_HANDSHAKE = 22;
    private static final int MOST = 8 * 1024;
    private static final long LINGER = 2_000_000_000L;

    private final Engine engine;
    private final Greeting greeting;
    private final BiPredicate<String, Integer> called;
    private final Channel channel;
    private final Alarm alarm;
    private State state = State.SILENT;

    private enum State {
        /** Nothing has come. */
        SILENT,
        /** A request in clear is coming. */
        CLEAR,
        /** CONNECT has been answered, TLS must follow. */
        CONNECTED,
        /** The handshake is under way. */
        GREETING,
        /** It ends with what has been answered, or is served by somebody else. */
        OVER
    }

    Vestibule(Engine engine, Greeting greeting, BiPredicate<String, Integer> called, Channel channel) {
        this.engine = engine;
        this.greeting = greeting;
        this.called = called;
        this.channel = channel;
        this.alarm = new Alarm(channel.eventLoop(), this::expired);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        alarm.at(Ticks.now() + engine.limits().head());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable() && isBeginning()) {
            begin(context, bytes);
        } else if (state == State.CLEAR && message instanceof HttpRequest request) {
            asked(request);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private boolean isBeginning() {
        return state == State.SILENT || state == State.CONNECTED;
    }

    private void begin(ChannelHandlerContext context, ByteBuf bytes) {
        boolean tls = bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE;
        ChannelPipeline pipeline = context.pipeline();
        if (tls) {
            state = State.GREETING;
            alarm.cancel();
            SslHandler handler = greeting.handler(channel.alloc());
            handler.setHandshakeTimeout(engine.limits().head(), TimeUnit.NANOSECONDS);
            pipeline.addFirst(new OneHandshake(), handler);
            pipeline.fireChannelRead(bytes);
        } else if (state == State.SILENT) {
            state = State.CLEAR;
            pipeline.addFirst(new RequestDecoder(MOST, MOST), new ResponseEncoder());
            pipeline.fireChannelRead(bytes);
        } else {
            bytes.release();
            engine.counters().unproven();
            close();
        }
    }

    private void asked(HttpRequest request) {
        Refusal undecodable = RequestReader.undecodable(request.decoderResult());
        if (undecodable != null) {
            answer(undecodable.status(), undecodable.detail());
        } else if (HttpMethod.CONNECT.equals(request.method())) {
            connect(ConnectReader.read(request));
        } else {
            answer(405, "only TLS is spoken here, at once or after CONNECT");
        }
    }

    private void connect(Connect connect) {
        if (connect.refusal() != null) {
            answer(connect.refusal().status(), connect.refusal().detail());
        } else if (!called.test(connect.host(), connect.port())) {
            answer(403, "nobody is called so here, or not at this port");
        } else {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.remove(ResponseEncoder.class);
            // What came behind the CONNECT leaves the decoder here, and it is too early.
            state = State.OVER;
            Early early = new Early();
            pipeline.addBefore(pipeline.context(this).name(), null, early);
            pipeline.remove(RequestDecoder.class);
            pipeline.remove(early);
            if (early.came) {
                engine.counters().unproven();
                close();
                return;
            }
            state = State.CONNECTED;
            alarm.at(Ticks.now() + engine.limits().head());
            channel.writeAndFlush(
                    Unpooled.copiedBuffer("HTTP/1.1 200 Connection established\r\n\r\n", StandardCharsets.US_ASCII));
        }
    }

    /** Notes that something came before it might. */
    private static final class Early extends ChannelInboundHandlerAdapter {
        private boolean came;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            came |= message instanceof ByteBuf bytes && bytes.isReadable();
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(int status, String detail) {
        state = State.OVER;
        FullHttpResponse answer = Answers.problem(status, detail, null);
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status == 405) {
            answer.headers().set(HttpHeaderNames.ALLOW, "CONNECT");
        }
        engine.counters().answered(status);
        alarm.at(Ticks.now() + LINGER);
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (state == State.GREETING && event instanceof SslHandshakeCompletionEvent done) {
            state = State.OVER;
            ChannelPipeline pipeline = context.pipeline();
            SslHandler handler = pipeline.get(SslHandler.class);
            Proven proven = done.isSuccess() ? greeting.proven(handler) : null;
            if (proven == null) {
                engine.counters().unproven();
                AccessLog.unproven(channel);
                close();
                return;
            }
            if ("TLSv1.3".equals(handler.engine().getSession().getProtocol())) {
                pipeline.remove(OneHandshake.class);
            } else {
                handler.engine().setEnableSessionCreation(false);
            }
            Doors.serve(engine, channel, new Arrival(true, proven));
            pipeline.remove(this);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void expired() {
        if (state == State.CLEAR) {
            answer(408, "the header did not come in time");
        } else {
            close();
        }
    }

    private void close() {
        state = State.OVER;
        channel.close();
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        alarm.cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        alarm.cancel();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state != State.GREETING) {
            channel.close();
        }
    }
}
