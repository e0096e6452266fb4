package dev.lintel.embedded.authorization.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer: status, header fields, body. Prints only its status: the body may be a token. */
public final class Reply {
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    private Reply(int status, List<Map.Entry<String, String>> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /**
     * An answer whose body is JSON.
     *
     * @param status for example 200
     * @param members in the order in which they are written
     * @return the answer
     */
    public static Reply json(int status, Map<String, ?> members) {
        try {
            return new Reply(status, List.of(), JSON.writeValueAsBytes(members))
                    .header("Content-Type", "application/json");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not expressible as JSON", e);
        }
    }

    /**
     * An answer for people.
     *
     * @param status for example 404
     * @param line one line, ASCII
     * @return the answer
     */
    public static Reply text(int status, String line) {
        return new Reply(status, List.of(), (line + "\n").getBytes(StandardCharsets.US_ASCII))
                .header("Content-Type", "text/plain;charset=us-ascii");
    }

    /**
     * An answer that is a page.
     *
     * @param status for example 200
     * @param html a whole document
     * @return the answer
     */
    public static Reply html(int status, String html) {
        return new Reply(status, List.of(), html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "text/html;charset=utf-8");
    }

    /**
     * An answer without a body.
     *
     * @param status for example 204
     * @return the answer
     */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), new byte[0]);
    }

    /**
     * Sends a browser on, which asks by GET there, whatever it asked here (RFC 9110, 15.4.4).
     *
     * @param location where
     * @return the answer
     */
    public static Reply seeOther(String location) {
        return new Reply(303, List.of(), new byte[0]).header("Location", location);
    }

    /** The same answer with one more header field. */
    public Reply header(String name, String value) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry(name, value));
        return new Reply(status, all, body);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The header fields, in the order in which they were said. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return Integer.toString(status);
    }
}
