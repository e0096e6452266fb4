package dev.lintel.embedded.opa;

import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.OpaResult;
import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.upstream.Pool;
import dev.lintel.embedded.upstream.Receiver;
import dev.lintel.embedded.wire.ResponseReader;
import dev.lintel.embedded.wire.ResponseReader.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question to OPA, on a connection that others use before and after. Used on one event loop. */
final class OpaCall implements Receiver, Asking {
    /** A decision is small; what is larger is none. */
    private static final int MOST = 1024 * 1024;

    private final Pool pool;
    private final Address address;
    private final String path;
    private final byte[] document;
    private final Consumer<Answer> then;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private @Nullable Connection connection;
    private @Nullable ResponseHead head;
    private int status;
    private boolean again;
    private boolean over;

    OpaCall(Pool pool, Address address, String path, byte[] document, Consumer<Answer> then) {
        this.pool = pool;
        this.address = address;
        this.path = path;
        this.document = document;
        this.then = then;
    }

    void begin() {
        pool.acquire(address, this);
    }

    @Override
    public void connected(Connection made) {
        if (over) {
            made.close();
            return;
        }
        connection = made;
        String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(document));
        request.headers()
                .set(HttpHeaderNames.HOST, host + ":" + address.port())
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, document.length);
        made.expect(false);
        made.write(request);
        made.flush();
    }

    @Override
    public void head(HttpResponse response) {
        int code = response.status().code();
        if (over || code >= 100 && code < 200 && code != 101) {
            return;
        }
        head = ResponseReader.read(response, false);
        status = code;
        if (head == null) {
            end("its answer is not valid HTTP/1.1");
        }
    }

    @Override
    public void content(HttpContent content) {
        ByteBuf part = content.content();
        boolean last = content instanceof LastHttpContent;
        boolean wanted = !over && head != null;
        boolean fits = body.size() + part.readableBytes() <= MOST;
        if (wanted && fits) {
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            body.writeBytes(bytes);
        }
        content.release();
        if (wanted && !fits) {
            end("its answer is too large");
        } else if (wanted && last) {
            finish();
        }
    }

    private void finish() {
        over = true;
        Connection used = connection;
        if (used != null && head != null && head.keepAlive()) {
            used.rest();
        } else if (used != null) {
            used.close();
        }
        then.accept(status == 200 ? OpaResult.read(body.toByteArray()) : Answer.failed("it answered " + status));
    }

    private void end(String reason) {
        over = true;
        if (connection != null) {
            connection.close();
        }
        then.accept(Answer.failed(reason));
    }

    @Override
    public void readComplete() {}

    @Override
    public void writable(boolean writable) {}

    /** A connection that was closed while it rested is replaced once: asking twice changes nothing. */
    @Override
    public void failed(Failure failure) {
        if (over) {
            return;
        }
        boolean stale = failure == Failure.RESET && head == null && connection != null && connection.used();
        connection = null;
        if (stale && !again) {
            again = true;
            begin();
            return;
        }
        over = true;
        then.accept(Answer.failed(
                switch (failure) {
                    case CONNECT, UNPREPARED, OVERFLOW, UNREADY -> "it cannot be reached";
                    case RESET -> "it broke off before it answered";
                    case GARBAGE -> "its answer is not valid HTTP/1.1";
                    case TIMEOUT -> "it did not answer in time";
                }));
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (connection != null) {
                connection.close();
            }
        }
    }
}
