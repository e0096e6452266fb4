package dev.lintel.embedded.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a body that came, kept to come once more. Small ones are put together: each holds on to what it was received
 * in, which may be a thousand times as large, and a client decides how small they are.
 */
final class KeptBody {
    private static final int SMALL = 4096;

    private final Deque<HttpContent> parts = new ArrayDeque<>(2);
    private @Nullable ByteBuf open;

    /** Takes a part, which is the keeper's from then on. */
    void add(HttpContent part) {
        ByteBuf bytes = part.content();
        if (part instanceof LastHttpContent || bytes.readableBytes() >= SMALL) {
            open = null;
            parts.add(part);
            return;
        }
        ByteBuf to = open;
        if (to == null) {
            to = Unpooled.buffer(SMALL);
            open = to;
            parts.add(new DefaultHttpContent(to));
        }
        to.writeBytes(bytes);
        part.release();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How many pieces of memory it holds. */
    int pieces() {
        return parts.size();
    }

    /** A copy of its first bytes. */
    ByteBuffer beginning(int most) {
        int size = 0;
        for (HttpContent part : parts) {
            size = Math.min(most, size + part.content().readableBytes());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (HttpContent part : parts) {
            int length = Math.min(part.content().readableBytes(), bytes.remaining());
            ByteBuffer from = bytes.duplicate().limit(bytes.position() + length);
            part.content().getBytes(part.content().readerIndex(), from);
            bytes.position(bytes.position() + length);
        }
        return bytes.flip();
    }

    /** Gives all parts away, the last one first. */
    void giveBack(Consumer<HttpContent> to) {
        open = null;
        while (!parts.isEmpty()) {
            to.accept(parts.removeLast());
        }
    }

    void release() {
        open = null;
        parts.forEach(HttpContent::release);
        parts.clear();
    }
}
