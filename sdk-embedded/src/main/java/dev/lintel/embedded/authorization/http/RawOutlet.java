package dev.lintel.embedded.authorization.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The bytes of a channel, past what would make good HTTP of them. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails or comes late finds the connection closed
final class RawOutlet implements Outlet {
    private final ChannelHandlerContext ctx;
    private final Runnable leave;

    /**
     * Takes over a connection.
     *
     * @param ctx the handler that had it
     * @param leave what ends it in good order
     */
    RawOutlet(ChannelHandlerContext ctx, Runnable leave) {
        this.ctx = ctx;
        this.leave = leave;
        Drain.first(ctx.pipeline());
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void send(byte[] bytes, Runnable sent) {
        // From before the codec on: encrypted where there is TLS, but not looked at.
        ctx.pipeline()
                .context(HttpServerCodec.class)
                .writeAndFlush(Unpooled.wrappedBuffer(bytes))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        sent.run();
                    } else {
                        ctx.close();
                    }
                });
    }

    @Override
    public void later(Duration delay, Runnable next) {
        ctx.executor().schedule(() -> ifOpen(next), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void soon(Runnable next) {
        if (!ctx.executor().isShuttingDown()) {
            ctx.executor().execute(() -> ifOpen(next));
        }
    }

    private void ifOpen(Runnable next) {
        if (ctx.channel().isActive()) {
            next.run();
        }
    }

    @Override
    public void finish() {
        leave.run();
    }

    @Override
    public void reset() {
        reset(ctx.channel());
    }

    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
