package dev.lintel.embedded.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How connections to one far side begin, where that is not as to any workload. */
public interface Origination {
    /** How long making a connection may take, in milliseconds. */
    int connectMillis(int usual);

    /**
     * Gets ready for one connection, with what is trusted and shown at this moment. Called off the event loop, because it
     * reads secrets.
     *
     * @return null where connections begin as to any workload
     * @throws IOException if a secret is missing or no good; its message does not show it
     */
    @Nullable
    Handshake prepare() throws IOException;

    /** Hears why a connection did not come about. */
    void failed(Throwable cause);

    /** The beginning of TLS on one connection. */
    @FunctionalInterface
    interface Handshake {
        /** A handler that has the far side prove who it is. */
        SslHandler handler(ByteBufAllocator buffers);
    }
}
