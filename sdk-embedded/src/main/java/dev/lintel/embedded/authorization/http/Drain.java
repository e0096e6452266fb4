package dev.lintel.embedded.authorization.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;

/** Throws away whatever still comes on a connection that has had its last answer. */
final class Drain extends ChannelInboundHandlerAdapter {
    /** Has everything thrown away that comes from now on. */
    static void first(ChannelPipeline pipeline) {
        if (pipeline.get(Drain.class) == null) {
            pipeline.addFirst(new Drain());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }
}
