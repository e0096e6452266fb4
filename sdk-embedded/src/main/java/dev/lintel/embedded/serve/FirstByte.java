package dev.lintel.embedded.serve;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells that something came, before it is decoded: a header that drips in must not take for ever. */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private final Front front;

    FirstByte(Front front) {
        this.front = front;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        front.headBegins();
        context.fireChannelRead(message);
    }
}
