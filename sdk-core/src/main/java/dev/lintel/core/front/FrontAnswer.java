package dev.lintel.core.front;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a front answers: a status, headers, and a body that is there or streams. Headers that frame the message
 * ({@code content-length}, {@code transfer-encoding}, {@code connection}, {@code date}) are said by who sends it.
 */
public final class FrontAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final ByteBuffer body;
    private final Flow.@Nullable Publisher<ByteBuffer> stream;

    private FrontAnswer(
            int status, Map<String, String> headers, ByteBuffer body, Flow.@Nullable Publisher<ByteBuffer> stream) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("the status of an answer must be 200 to 599, but was " + status);
        }
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        this.status = status;
        this.headers = Collections.unmodifiableMap(lower);
        this.body = body;
        this.stream = stream;
    }

    /**
     * An answer with its whole body.
     *
     * @param status 200 to 599
     * @param headers names in any case with their values
     * @param body the body, which is not copied; empty for none
     * @return the answer
     * @throws IllegalArgumentException if the status is another one
     */
    public static FrontAnswer of(int status, Map<String, String> headers, byte[] body) {
        return new FrontAnswer(status, headers, ByteBuffer.wrap(body).asReadOnlyBuffer(), null);
    }

    /**
     * An answer whose body comes bit by bit. Who sends it subscribes once, asks for more when the client takes more, and
     * cancels when the client has gone.
     *
     * @param status 200 to 599
     * @param headers names in any case with their values
     * @param body the body; what ends it with an error breaks the answer off
     * @return the answer
     * @throws IllegalArgumentException if the status is another one
     */
    public static FrontAnswer stream(int status, Map<String, String> headers, Flow.Publisher<ByteBuffer> body) {
        return new FrontAnswer(status, headers, ByteBuffer.allocate(0), body);
    }

    /**
     * The status.
     *
     * @return 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The headers.
     *
     * @return names in lower case with their values
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body that is there.
     *
     * @return unchangeable; empty if it streams
     */
    public ByteBuffer body() {
        return body.duplicate();
    }

    /**
     * The body that streams.
     *
     * @return empty if the body is there
     */
    public Optional<Flow.Publisher<ByteBuffer>> stream() {
        return Optional.ofNullable(stream);
    }

    /** The status and how long the body is; neither headers nor body, which may be secret. */
    @Override
    public String toString() {
        return status + (stream == null ? ", " + body.remaining() + " bytes" : ", streams");
    }
}
