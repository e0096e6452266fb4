package dev.lintel.embedded.serve;

import dev.lintel.embedded.upstream.Pool;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.ResponseEncoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client. It answers one request at a time; what a client sends ahead waits in a backlog, and as long
 * as something waits, the client is not read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
final class Front extends ChannelInboundHandlerAdapter implements Leaving {
    private static final long LINGER = 2_000_000_000L;

    private final Engine engine;
    private final ResponseEncoder encoder;
    private final Arrival arrival;
    private final Channel channel;
    private final Pool pool;
    private final Alarm alarm;
    private final Deque<HttpObject> backlog = new ArrayDeque<>(2);
    private final @Nullable String address;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Exchange exchange;
    private boolean headBegun;
    private boolean endFollows;
    private boolean dirty;
    private boolean pumping;
    private boolean blocked;
    private boolean reading = true;
    private boolean closing;
    private boolean lingering;

    Front(Engine engine, Channel channel, ResponseEncoder encoder, Arrival arrival) {
        this.engine = engine;
        this.channel = channel;
        this.encoder = encoder;
        this.arrival = arrival;
        this.pool = engine.pool(channel.eventLoop());
        this.alarm = new Alarm(channel.eventLoop(), this::expired);
        this.address = address(channel.remoteAddress());
    }

    /** The address without the zone that a link-local one may have: that is a name of this machine's. */
    static @Nullable String address(@Nullable SocketAddress remote) {
        if (remote instanceof InetSocketAddress socket && socket.getAddress() != null) {
            String text = socket.getAddress().getHostAddress();
            int zone = text.indexOf('%');
            return zone < 0 ? text : text.substring(0, zone);
        }
        return null;
    }

    Engine engine() {
        return engine;
    }

    /** How its client came. */
    Arrival arrival() {
        return arrival;
    }

    Pool pool() {
        return pool;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    /** Goes on with something on this connection's thread; nothing happens if the gateway has stopped meanwhile. */
    void later(Runnable work) {
        try {
            channel.eventLoop().execute(work);
        } catch (RejectedExecutionException e) {
            channel.close();
        }
    }

    /** The client's address, as it connected. */
    String client() {
        return address == null ? "unknown" : address;
    }

    /** Where the client connected from. */
    SocketAddress remote() {
        return channel.remoteAddress();
    }

    /** Where the client connected to. */
    SocketAddress local() {
        return channel.localAddress();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        alarm.at(Ticks.now() + engine.limits().head());
    }

    /** The first bytes of a request have come; its header must follow soon. */
    void headBegins() {
        if (exchange == null && !headBegun && !closing) {
            headBegun = true;
            alarm.at(Ticks.now() + engine.limits().head());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
        } else if (backlog.isEmpty() && takes(part)) {
            take(part);
        } else {
            backlog.add(part);
            read();
        }
    }

    private boolean takes(HttpObject part) {
        return exchange == null || !(part instanceof HttpRequest) && (endFollows || exchange.takesBody());
    }

    private void take(HttpObject part) {
        if (part instanceof HttpRequest request) {
            begin(request);
        } else if (endFollows) {
            endFollows = false;
            ReferenceCountUtil.release(part);
        } else if (exchange != null && part instanceof HttpContent content) {
            exchange.body(content);
        } else {
            ReferenceCountUtil.release(part);
        }
    }

    private void begin(HttpRequest request) {
        headBegun = false;
        RequestHead head = RequestReader.read(request);
        head.cameFrom(address, arrival.scheme());
        Exchange next = new Exchange(this, head);
        exchange = next;
        endFollows = !next.head().hasBody() && request.decoderResult().isSuccess();
        next.start();
    }

    /** Takes from the backlog what can be taken now. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        while (!closing && !backlog.isEmpty()) {
            HttpObject part = backlog.getFirst();
            if (!takes(part)) {
                break;
            }
            backlog.removeFirst();
            take(part);
        }
        pumping = false;
        read();
    }

    /** Whether the service asks the client to wait. */
    void block(boolean on) {
        blocked = on;
        read();
    }

    boolean isBlocked() {
        return blocked;
    }

    private void read() {
        boolean on = closing || backlog.isEmpty() && !blocked;
        if (on != reading) {
            reading = on;
            channel.config().setAutoRead(on);
        }
    }

    void expectHead(boolean head) {
        encoder.expect(head);
    }

    void write(Object message) {
        dirty = true;
        context().write(message, context().voidPromise());
    }

    void flush() {
        if (dirty) {
            dirty = false;
            context().flush();
        }
    }

    void alarm(long ticks) {
        alarm.at(ticks);
    }

    /** Takes a body once more that came before what waits now. */
    void again(HttpContent body) {
        backlog.addFirst(body);
        read();
    }

    private void leave() {
        Exchange left = exchange;
        exchange = null;
        if (left != null) {
            left.over();
        }
    }

    /** The request has been answered whole and has been read whole: the next one may come. */
    void next() {
        leave();
        blocked = false;
        alarm.at(Ticks.now() + engine.limits().idle());
        if (engine.stopping()) {
            close();
        } else {
            pump();
            flushService();
        }
    }

    /** Closes when all that was written has been sent. */
    void close() {
        end();
        if (!lingering) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Sends what was written and waits for a while before it closes: closing on unread bytes would reset the answer. */
    void linger() {
        end();
        lingering = true;
        alarm.at(Ticks.now() + LINGER);
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (channel instanceof DuplexChannel duplex && !arrival.tls()) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    /** Breaks off in the middle of an answer, so that the client cannot take it for a whole one. */
    void abort() {
        end();
        channel.close();
    }

    private void end() {
        closing = true;
        leave();
        drop();
        read();
    }

    private void drop() {
        backlog.forEach(ReferenceCountUtil::release);
        backlog.clear();
    }

    @Override
    public void stop() {
        if (exchange != null) {
            exchange.stopping();
            flush();
        } else if (!closing) {
            close();
        }
    }

    private void expired() {
        Exchange current = exchange;
        if (current != null) {
            current.expired(Ticks.now());
            flush();
            flushService();
        } else if (headBegun && !closing) {
            write(Answers.problem(408, "the header did not come in time", null));
            engine.counters().answered(408);
            linger();
        } else {
            channel.close();
        }
    }

    private void flushService() {
        if (exchange != null) {
            exchange.flushBody();
        }
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return ctx;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flushService();
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.clientWritable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange left = exchange;
        closing = true;
        leave();
        alarm.cancel();
        drop();
        if (left != null) {
            left.abandoned();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close();
    }
}
