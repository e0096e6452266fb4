package dev.lintel.embedded.authorization.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer: status, header fields, body. Prints only its status: the body may be a token. */
public final class Reply {
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final @Nullable Delivery delivery;

    private Reply(int status, List<Map.Entry<String, String>> headers, byte[] body) {
        this(status, headers, body, null);
    }

    private Reply(int status, List<Map.Entry<String, String>> headers, byte[] body, @Nullable Delivery delivery) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.delivery = delivery;
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
        return new Reply(status, all, body, delivery);
    }

    /**
     * An answer with any body.
     *
     * @param status for example 200
     * @param type its {@code Content-Type}
     * @param body as it is sent
     * @return the answer
     */
    public static Reply of(int status, String type, byte[] body) {
        return new Reply(status, List.of(), body.clone()).header("Content-Type", type);
    }

    /** The same answer with one header field in place of all that had its name. */
    public Reply replaced(String name, String value) {
        List<Map.Entry<String, String>> others = headers.stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .toList();
        return new Reply(status, others, body, delivery).header(name, value);
    }

    /** The same answer, sent in another way; the connection ends with it. */
    public Reply by(Delivery how) {
        return new Reply(status, headers, body, how);
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

    /** How long the body is, in bytes. */
    public int length() {
        return body.length;
    }

    /** How it is sent; null for what HTTP says. */
    @Nullable
    Delivery delivery() {
        return delivery;
    }

    /**
     * The whole answer as a server writes it that closes the connection afterwards.
     *
     * @return a copy
     */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(128);
        HttpResponseStatus line = HttpResponseStatus.valueOf(status);
        head.append("HTTP/1.1 ").append(line.code()).append(' ').append(line.reasonPhrase());
        headers.forEach(
                field -> head.append("\r\n").append(field.getKey()).append(": ").append(field.getValue()));
        head.append("\r\ncontent-length: ").append(body.length).append("\r\nconnection: close\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    @Override
    public String toString() {
        return Integer.toString(status);
    }
}
