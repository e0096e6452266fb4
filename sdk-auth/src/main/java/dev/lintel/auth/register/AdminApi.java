package dev.lintel.auth.register;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.net.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Speaks JSON with a server's management interface. What goes wrong is told with what to do, and without any body. */
final class AdminApi implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final String name;
    private final String base;
    private final Supplier<Map<String, String>> headers;
    private final Http http;

    /**
     * A connection.
     *
     * @param name the server's name in messages
     * @param base where all paths begin; {@code https} except on loopback
     * @param headers what each request proves itself with
     */
    AdminApi(String name, URI base, Supplier<Map<String, String>> headers) {
        String address = Urls.checked("the address of " + name, base).toString();
        this.name = name;
        this.base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.headers = headers;
        this.http = new Http(LIMIT);
    }

    String name() {
        return name;
    }

    /** Part of a path or of a query. */
    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request; answers whatever came. */
    Reply send(String method, String path, @Nullable Map<String, ?> body) {
        try {
            return http.send(
                    method,
                    URI.create(base + path),
                    headers.get(),
                    body == null ? null : StrictJson.write(body),
                    MOST_BYTES);
        } catch (FetchException e) {
            throw new RegistryException(where(method, path) + " " + e.getMessage()
                    + "; look at what is there now by a new" + " plan, and apply that");
        }
    }

    /** Sends a request that must succeed. */
    Reply done(String method, String path, @Nullable Map<String, ?> body) {
        Reply reply = send(method, path, body);
        if (reply.status() < 200 || reply.status() > 299) {
            throw refused(method, path, reply);
        }
        return reply;
    }

    /** Gets an object; empty if there is none. */
    Optional<Map<String, Object>> get(String path) {
        Reply reply = send("GET", path, null);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        if (reply.status() != 200) {
            throw refused("GET", path, reply);
        }
        return Optional.of(object("GET", path, reply));
    }

    /** What an answer holds. */
    Map<String, Object> object(String method, String path, Reply reply) {
        return StrictJson.object(reply.isJson() ? reply.body() : new byte[0])
                .orElseThrow(() -> garbage(method, path, "a JSON object"));
    }

    /** Gets one page of a list. */
    Page list(String path) {
        Reply reply = done("GET", path, null);
        List<Map<String, Object>> entries = StrictJson.objects(reply.isJson() ? reply.body() : new byte[0])
                .orElseThrow(() -> garbage("GET", path, "a JSON array of objects"));
        return new Page(entries, reply.header("Link"));
    }

    /** A page, and the header that may tell where the next one is. */
    record Page(List<Map<String, Object>> entries, @Nullable String link) {}

    RegistryException refused(String method, String path, Reply reply) {
        return new RegistryException(
                where(method, path) + " answered " + reply.status() + ": " + advice(reply.status()));
    }

    RegistryException garbage(String method, String path, String wanted) {
        return new RegistryException(where(method, path) + " did not answer with " + wanted
                + "; check that the address is the one of the management interface");
    }

    /** Queries are left out: they are ours, but they make no message clearer. */
    private String where(String method, String path) {
        int query = path.indexOf('?');
        return name + ": " + method + " " + (query < 0 ? path : path.substring(0, query));
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 422 -> "it does not take this client; compare what the plan shows with what the server allows";
            case 401 -> "it does not know who asks; check the credentials for its management interface";
            case 403 -> "who asks may not do this; give that account the right to manage clients";
            case 404, 405 -> "it is not there; check the address, and look at what is there now by a new plan";
            case 409 -> "it exists already; look at what is there now by a new plan";
            case 429 -> "it is asked too often; plan again later";
            default ->
                status >= 300 && status < 400
                        ? "redirects are not followed; use the address that it redirects to"
                        : "the server did not do it; look at its log, and plan again";
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
