package dev.lintel.embedded.upstream;

import dev.lintel.embedded.wire.ResponseDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to a workload; carries one request at a time, and rests in the pool in between. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
public final class Connection extends ChannelInboundHandlerAdapter {
    private final Home home;
    private final Address address;
    private final ResponseDecoder decoder;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Receiver receiver;
    private boolean used;
    private boolean closed;
    private boolean dirty;
    private boolean reading = true;
    private boolean resting;
    long restingSince;
    /** Whether its home counts it. */
    boolean counted;

    Connection(Home home, Address address, ResponseDecoder decoder) {
        this.home = home;
        this.address = address;
        this.decoder = decoder;
    }

    Address address() {
        return address;
    }

    /** Whether it has carried a request before, so that the workload may have closed it meanwhile. */
    public boolean used() {
        return used;
    }

    boolean isOpen() {
        return !closed && context().channel().isActive();
    }

    void give(Receiver to) {
        receiver = to;
        to.connected(this);
    }

    /** Nobody wants it yet: whatever comes on it is not an answer. */
    void idle() {
        receiver = null;
    }

    /** Says whether the request is HEAD, whose response has no body. */
    public void expect(boolean head) {
        decoder.expect(head);
    }

    /** Writes a part of the request; it is sent with the next {@link #flush()}. */
    public void write(HttpObject message) {
        if (closed) {
            ReferenceCountUtil.release(message);
            return;
        }
        dirty = true;
        context().write(message, context().voidPromise());
    }

    public void flush() {
        if (dirty && !closed) {
            dirty = false;
            context().flush();
        }
    }

    public boolean isWritable() {
        return context().channel().isWritable();
    }

    /** Reads on, or waits until the caller has taken what came. */
    public void read(boolean on) {
        if (reading != on && !closed) {
            reading = on;
            context().channel().config().setAutoRead(on);
        }
    }

    /**
     * Gives it back after a whole request and a whole response. It is used again only when all that came with the response
     * has been read: bytes behind a response would be taken for the answer to the next request.
     */
    public void rest() {
        receiver = null;
        used = true;
        resting = true;
        read(true);
    }

    /** Gives it up, with whatever was under way. */
    public void close() {
        receiver = null;
        if (!closed) {
            closed = true;
            home.forget(this);
            context().close();
        }
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not connected yet");
        }
        return ctx;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Receiver to = receiver;
        if (to == null) {
            ReferenceCountUtil.release(message);
            fail(Failure.GARBAGE);
        } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(Failure.GARBAGE);
        } else if (message instanceof HttpResponse response) {
            to.head(response);
        } else if (message instanceof HttpContent content) {
            to.content(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Receiver to = receiver;
        if (to != null) {
            to.readComplete();
        } else if (resting && !closed) {
            resting = false;
            home.rest(this);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Receiver to = receiver;
        if (to != null) {
            to.writable(context.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Failure.RESET);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(Failure.RESET);
    }

    private void fail(Failure failure) {
        Receiver to = receiver;
        close();
        if (to != null) {
            to.failed(failure);
        }
    }
}
