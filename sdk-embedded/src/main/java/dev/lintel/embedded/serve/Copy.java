package dev.lintel.embedded.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;

/** A body that is kept beside its way, so that it can be sent once more; one that is too long is not kept. */
final class Copy {
    static final int LIMIT = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private final HttpHeaders trailers = new DefaultHttpHeaders();
    private boolean tooLong;
    private boolean ended;

    void add(HttpContent content) {
        ByteBuf part = content.content();
        if (tooLong || bytes.size() + part.readableBytes() > LIMIT) {
            tooLong = true;
            bytes.reset();
        } else {
            byte[] copied = new byte[part.readableBytes()];
            part.getBytes(part.readerIndex(), copied);
            bytes.writeBytes(copied);
        }
        if (content instanceof LastHttpContent last) {
            ended = true;
            trailers.set(last.trailingHeaders());
        }
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Whether all of it is here. */
    boolean isWhole() {
        return ended && !tooLong;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    HttpHeaders trailers() {
        return trailers;
    }

    LastHttpContent content() {
        LastHttpContent whole = new DefaultLastHttpContent(Unpooled.wrappedBuffer(bytes()));
        whole.trailingHeaders().set(trailers);
        return whole;
    }
}
