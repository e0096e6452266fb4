package dev.lintel.embedded.authorization.http;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/** A whole request. Prints only its method and path: everything else may hold a secret. */
public final class Received {
    private final String method;
    private final String path;
    private final String query;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final String address;
    private final List<X509Certificate> certificates;

    /**
     * A request.
     *
     * @param method as it came
     * @param path as it came, not decoded
     * @param query what follows the question mark; empty without one
     * @param headers names and values in the order they came
     * @param body empty without one
     * @param address where it came from, without the port
     * @param certificates what the caller has shown and holds the key of, its own first; empty without
     */
    public Received(
            String method,
            String path,
            String query,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            String address,
            List<X509Certificate> certificates) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
        this.address = address;
        this.certificates = List.copyOf(certificates);
    }

    /** The method, as it came. */
    public String method() {
        return method;
    }

    /** The path, as it came. */
    public String path() {
        return path;
    }

    /** Whether the target has something after a question mark. */
    public boolean hasQuery() {
        return !query.isEmpty();
    }

    /** What follows the question mark, as it came; empty without one. */
    public String query() {
        return query;
    }

    /** All values of a header field, whatever the case of its name. */
    public List<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Where it came from, without the port. */
    public String address() {
        return address;
    }

    /** What the caller has shown and holds the key of, its own certificate first; empty without TLS. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The body as it came. */
    public byte[] bytes() {
        return body.clone();
    }

    /** The body, read so that each byte is one character: what is not ASCII stays recognizable. */
    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
