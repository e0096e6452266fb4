package dev.lintel.core.evaluate;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a value, for explanations, plans and tests.
 *
 * @param via the way by which it comes
 * @param method the method
 * @param host the authority
 * @param path the path as it would come, not normalized
 * @param query the query; null if there is none
 * @param headers names in lower case with their values
 * @param token what came of its token
 * @param caller who calls, as far as the connection proves it
 * @param session what came of the session that its cookies carry
 * @param verdict what the external authorizer said
 */
public record RequestValue(
        Via via,
        String method,
        String host,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        Token token,
        Caller caller,
        Token session,
        Verdict verdict)
        implements Request {
    /** Keeps the headers in their order. */
    public RequestValue {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * A request of nobody in particular, without a session, about which nobody else was asked.
     *
     * @param via the way by which it comes
     * @param method the method
     * @param host the authority
     * @param path the path as it would come, not normalized
     * @param query the query; null if there is none
     * @param headers names in lower case with their values
     * @param token what came of its token
     */
    public RequestValue(
            Via via,
            String method,
            String host,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            Token token) {
        this(via, method, host, path, query, headers, token, Caller.NONE, Token.NONE, Verdict.UNASKED);
    }

    /**
     * A request that enters by an exposed host.
     *
     * @param method the method
     * @param uri scheme, host, path and query; the scheme does not matter
     * @return a request without headers and token
     * @throws IllegalArgumentException if that is no URI with a host
     */
    public static RequestValue of(String method, String uri) {
        URI parsed = URI.create(uri);
        if (parsed.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "a request needs a host, as in 'http://orders.shop.localhost/x', but was '" + uri + "'");
        }
        String path = parsed.getRawPath().isEmpty() ? "/" : parsed.getRawPath();
        return of(method, parsed.getRawAuthority(), path, parsed.getRawQuery());
    }

    /**
     * A request that enters by an exposed host.
     *
     * @param method the method
     * @param host the authority
     * @param path the path as it would come
     * @param query the query; null if there is none
     * @return a request without headers and token
     */
    public static RequestValue of(String method, String host, String path, @Nullable String query) {
        return new RequestValue(Via.ENTRY, method, host, path, query, Map.of(), Token.NONE);
    }

    /**
     * The same request from inside, to the service itself.
     *
     * @return a call inside the mesh
     */
    public RequestValue inMesh() {
        return new RequestValue(Via.MESH, method, host, path, query, headers, token, caller, session, verdict);
    }

    /**
     * The same request with a header.
     *
     * @param name the header's name, in any case
     * @param value its value, added behind a comma where the header is there already, behind a semicolon for {@code
     *     Cookie} (RFC 9113, 8.2.3)
     * @return a new request
     */
    public RequestValue header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        String lower = name.toLowerCase(Locale.ROOT);
        more.merge(lower, value, (a, b) -> a + (lower.equals("cookie") ? "; " : ",") + b);
        return new RequestValue(via, method, host, path, query, more, token, caller, session, verdict);
    }

    /**
     * The same request with a token.
     *
     * @param judged what came of the token
     * @return a new request
     */
    public RequestValue token(Token judged) {
        return new RequestValue(via, method, host, path, query, headers, judged, caller, session, verdict);
    }

    /**
     * The same request by somebody.
     *
     * @param who as far as the connection proves it
     * @return a new request
     */
    public RequestValue caller(Caller who) {
        return new RequestValue(via, method, host, path, query, headers, token, who, session, verdict);
    }

    /**
     * The same request with a session.
     *
     * @param judged what came of the session
     * @return a new request
     */
    public RequestValue session(Token judged) {
        return new RequestValue(via, method, host, path, query, headers, token, caller, judged, verdict);
    }

    /**
     * The same request after the external authorizer was asked.
     *
     * @param said what it said
     * @return a new request
     */
    public RequestValue verdict(Verdict said) {
        return new RequestValue(via, method, host, path, query, headers, token, caller, session, said);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public @Nullable String cookie(String name) {
        String cookies = headers.get("cookie");
        return cookies == null ? null : Cookies.value(cookies, name);
    }

    /** What was asked for; of headers and query only that they are there, because tokens and cookies travel in them. */
    @Override
    public String toString() {
        return via + " " + method + " " + host + path + (query == null ? "" : "?[redacted]")
                + (headers.isEmpty() ? "" : " with headers " + headers.keySet());
    }
}
