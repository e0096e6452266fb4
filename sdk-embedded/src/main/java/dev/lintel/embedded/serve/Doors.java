package dev.lintel.embedded.serve;

import dev.lintel.embedded.wire.RequestDecoder;
import dev.lintel.embedded.wire.ResponseEncoder;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts into a connection what serves it, whichever way it came. */
final class Doors {
    private Doors() {}

    /** For everybody. */
    static Door ordinary(Engine engine, @Nullable SslContext tls) {
        Arrival arrival = new Arrival(tls != null, null);
        return channel -> {
            if (tls != null) {
                SslHandler handler = tls.newHandler(channel.alloc());
                handler.setHandshakeTimeout(engine.limits().head(), TimeUnit.NANOSECONDS);
                channel.pipeline().addLast(handler);
            }
            serve(engine, channel, arrival);
        };
    }

    /** Serves what comes from now on. */
    static void serve(Engine engine, Channel channel, Arrival arrival) {
        ResponseEncoder encoder = new ResponseEncoder();
        Front front = new Front(engine, channel, encoder, arrival);
        Limits limits = engine.limits();
        channel.pipeline()
                .addLast(new FirstByte(front), new RequestDecoder(limits.target(), limits.header()), encoder, front);
    }
}
