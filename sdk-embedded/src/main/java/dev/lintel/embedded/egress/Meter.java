package dev.lintel.embedded.egress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of a connection to a host, as they are on the wire. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever writes hears of it by the promise
final class Meter extends ChannelDuplexHandler {
    private final Destinations.Count count;

    Meter(Destinations.Count count) {
        this.count = count;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            int size = bytes.readableBytes();
            promise.addListener(written -> {
                if (written.isSuccess()) {
                    count.sent(size);
                }
            });
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            count.received(bytes.readableBytes());
        }
        context.fireChannelRead(message);
    }
}
