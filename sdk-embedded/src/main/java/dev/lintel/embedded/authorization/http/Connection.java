package dev.lintel.embedded.authorization.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads one request, has it answered on a worker, writes the answer, reads the next. Lives on the event
 * loop; a deadline runs at every moment, so that no connection stays longer than it may.
 */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private enum State {
        READING,
        ANSWERING,
        LEAVING
    }

    private final Endpoint endpoint;
    private final Executor workers;
    private final Limits limits;
    private final InstantSource clock;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private State state = State.READING;
    private boolean stopping;

    Connection(Endpoint endpoint, Executor workers, Limits limits, InstantSource clock) {
        this.endpoint = endpoint;
        this.workers = workers;
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes its place behind what turns bytes into whole requests, one at a time. */
    void join(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.line())
                        .setMaxHeaderSize(limits.header())))
                .addLast(new Bodies(limits.body()))
                .addLast(new FlowControlHandler())
                .addLast(this);
    }

    /** Resets the connection, whatever is at hand. */
    void reset() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            RawOutlet.reset(ctx.channel());
        }
    }

    /** Closes the connection as soon as the request at hand is answered. */
    void stop() {
        stopping = true;
        ChannelHandlerContext ctx = context;
        if (ctx != null && state != State.ANSWERING) {
            close(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        read(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        state = State.ANSWERING;
        Reply refusal = Refusals.of(request);
        if (refusal != null) {
            write(ctx, refusal, false);
            return;
        }
        boolean keep = HttpUtil.isKeepAlive(request);
        Received received = received(ctx, request);
        try {
            endpoint.answer(received, workers, reply -> ctx.executor().execute(() -> write(ctx, reply, keep)));
        } catch (RejectedExecutionException e) {
            close(ctx);
        }
    }

    /** What came was not yet a whole request. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state == State.READING) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    /** Resets by peers are everyday; the message is left out because it could quote what was sent. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection closed after {}", cause.getClass().getName());
        close(ctx);
    }

    private static Received received(ChannelHandlerContext ctx, FullHttpRequest request) {
        String target = Target.pathAndQuery(request.uri());
        int question = target.indexOf('?');
        return new Received(
                request.method().name(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                request.headers().entries(),
                ByteBufUtil.getBytes(request.content()),
                address(ctx),
                certificates(ctx));
    }

    /** What the caller has shown, its own first; nothing without TLS, or if it showed none. */
    private static List<X509Certificate> certificates(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        try {
            return Stream.of(tls.engine().getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static String address(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "";
    }

    private void read(ChannelHandlerContext ctx) {
        state = State.READING;
        within(ctx, limits.patience());
        ctx.read();
    }

    private void write(ChannelHandlerContext ctx, Reply reply, boolean keep) {
        boolean stays = keep && !stopping;
        within(ctx, limits.patience());
        Delivery delivery = reply.delivery();
        if (delivery != null) {
            state = State.LEAVING;
            delivery.deliver(reply, new RawOutlet(ctx, () -> leave(ctx)));
            return;
        }
        ChannelFuture written = ctx.writeAndFlush(response(reply, stays));
        written.addListener(done -> {
            if (!done.isSuccess()) {
                close(ctx);
            } else if (stays && !stopping) {
                read(ctx);
            } else {
                leave(ctx);
            }
        });
    }

    private FullHttpResponse response(Reply reply, boolean keep) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        reply.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
        response.headers().set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())));
        HttpUtil.setContentLength(response, reply.body().length);
        response.headers().set(HttpHeaderNames.CONNECTION, keep ? "keep-alive" : "close");
        return response;
    }

    /** A connection closed over unread bytes is reset, and the caller may never see its answer (RFC 9112, 9.6). */
    private void leave(ChannelHandlerContext ctx) {
        state = State.LEAVING;
        within(ctx, limits.farewell());
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            drain(ctx);
        } else {
            tls.closeOutbound().addListener(said -> drain(ctx));
        }
    }

    private static void drain(ChannelHandlerContext ctx) {
        Drain.first(ctx.pipeline());
        if (ctx.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        ctx.channel().config().setAutoRead(true);
    }

    private void within(ChannelHandlerContext ctx, Duration time) {
        cancel();
        deadline = ctx.executor().schedule(() -> close(ctx), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private static void close(ChannelHandlerContext ctx) {
        ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
