package dev.lintel.core.match;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a rule is about: an endpoint, and header and query values that must be there.
 *
 * @param endpoint methods and paths
 * @param headers header names in lower case with the exact value that is asked for
 * @param query query parameters with the exact value that is asked for
 */
public record Match(Endpoint endpoint, Map<String, String> headers, Map<String, String> query) {
    /** Keeps the conditions in their order. */
    public Match {
        Objects.requireNonNull(endpoint, "endpoint");
        headers = lower(headers);
        query = query == null || query.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /**
     * All requests to an endpoint.
     *
     * @param endpoint for example {@code GET /orders/**}
     * @return the match
     */
    public static Match match(String endpoint) {
        return of(Endpoint.parse(endpoint));
    }

    /**
     * All requests to an endpoint.
     *
     * @param endpoint the endpoint
     * @return the match
     */
    public static Match of(Endpoint endpoint) {
        return new Match(endpoint, Map.of(), Map.of());
    }

    /**
     * Every request.
     *
     * @return the widest match
     */
    public static Match any() {
        return of(Endpoint.any());
    }

    /**
     * The same requests, if they also carry a header.
     *
     * @param name the header's name, in any case
     * @param value its whole value
     * @return a narrower match
     */
    public Match header(String name, String value) {
        return new Match(endpoint, plus(headers, name.toLowerCase(Locale.ROOT), value, "header"), query);
    }

    /**
     * The same requests, if they also carry a query parameter.
     *
     * @param name the parameter's name, decoded
     * @param value its value, decoded
     * @return a narrower match
     */
    public Match query(String name, String value) {
        return new Match(endpoint, headers, plus(query, name, value, "query parameter"));
    }

    /**
     * Whether a path and a method are all that is asked for.
     *
     * @return true if no header and no query parameter is named
     */
    public boolean isEndpointOnly() {
        return headers.isEmpty() && query.isEmpty();
    }

    /**
     * Whether only the order of saying could tell which of two rules is asked first.
     *
     * @param other of another rule
     * @return true if the endpoints are {@linkplain Endpoint#rivals rivals} and the same headers and parameters are asked for
     */
    public boolean rivals(Match other) {
        return endpoint.rivals(other.endpoint) && headers.equals(other.headers) && query.equals(other.query);
    }

    /**
     * The match as people read it.
     *
     * @return for example {@code GET /orders/** header x-beta=1}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(endpoint.toString());
        headers.forEach((name, value) ->
                text.append(" header ").append(name).append('=').append(value));
        query.forEach(
                (name, value) -> text.append(" query ").append(name).append('=').append(value));
        return text.toString();
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value, String what) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a " + what + " must have a name");
        }
        String other = map.get(name);
        if (other != null) {
            throw twice(what, name, other, value);
        }
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> lower(@Nullable Map<String, String> headers) {
        if (headers == null || headers.isEmpty()) {
            return Map.of();
        }
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String other = lower.put(name.toLowerCase(Locale.ROOT), value);
            if (other != null) {
                throw twice("header", name.toLowerCase(Locale.ROOT), other, value);
            }
        });
        return Collections.unmodifiableMap(lower);
    }

    private static IllegalArgumentException twice(String what, String name, String first, String second) {
        return new IllegalArgumentException(
                what + " '" + name + "' is asked for twice: '" + first + "' and '" + second + "'");
    }
}
