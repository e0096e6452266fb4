package dev.lintel.embedded;

import dev.lintel.embedded.world.LocalFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a function answers: a status, headers and a body. Each method answers a new reply. */
public final class Reply {
    /** These are said by the gateway, which knows how the message travels. */
    private static final Set<String> FRAMING = new TreeSet<>(
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding", "trailer", "upgrade"));

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * 200 with a text.
     *
     * @param text sent as {@code text/plain} in UTF-8
     * @return the reply
     */
    public static Reply ok(String text) {
        return status(200).text(text);
    }

    /**
     * A status without a body.
     *
     * @param status 200 to 599
     * @return the reply
     */
    public static Reply status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a reply's status must be 200 to 599, but was " + status);
        }
        return new Reply(status, Map.of(), new byte[0]);
    }

    /**
     * The same reply with a text.
     *
     * @param text sent as {@code text/plain} in UTF-8
     * @return a new reply
     */
    public Reply text(String text) {
        return body("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same reply with a JSON document.
     *
     * @param json sent as {@code application/json} in UTF-8
     * @return a new reply
     */
    public Reply json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same reply with a body.
     *
     * @param contentType its media type
     * @param bytes the body
     * @return a new reply
     */
    public Reply body(String contentType, byte[] bytes) {
        return new Reply(status, headers, bytes.clone()).header("content-type", contentType);
    }

    /**
     * The same reply with a header.
     *
     * @param name in any case; not one that frames the message
     * @param value its value, in place of one that is there already
     * @return a new reply
     */
    public Reply header(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (FRAMING.contains(lower)) {
            throw new IllegalArgumentException("header '" + lower + "' is said by the gateway, as are " + FRAMING);
        }
        if (!LocalFunction.isField(lower, value)) {
            throw new IllegalArgumentException(
                    "a header needs a token as its name and no control characters in its value, but was '" + lower
                            + "'");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(lower, value);
        return new Reply(status, more, body);
    }

    LocalFunction.Answer answer() {
        return new LocalFunction.Answer(status, headers, ByteBuffer.wrap(body));
    }

    @Override
    public String toString() {
        return status + " " + headers + ", " + body.length + " bytes";
    }
}
