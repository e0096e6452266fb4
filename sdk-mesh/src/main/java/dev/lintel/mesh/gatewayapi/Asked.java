package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one match of a rule asks beside the path.
 *
 * @param method null for every method
 * @param headers exact values by name in lower case
 * @param cookie an expression for the header {@code Cookie}; null for none
 * @param query exact values by name
 */
record Asked(
        @Nullable String method,
        Map<String, String> headers,
        @Nullable String cookie,
        Map<String, String> query) {
    static final Asked NOTHING = new Asked(null, Map.of(), null, Map.of());

    /** Keeps the conditions in their order. */
    Asked {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    static Asked method(String name) {
        return new Asked(name, Map.of(), null, Map.of());
    }

    static Asked header(String name, String value) {
        return new Asked(null, Map.of(name, value), null, Map.of());
    }

    static Asked cookie(String regex) {
        return new Asked(null, Map.of(), regex, Map.of());
    }

    /**
     * Both together; empty if no request has both.
     *
     * @throws IllegalArgumentException if both ask for a cookie, which one match cannot say
     */
    Optional<Asked> and(Asked other) {
        if (method != null && other.method != null && !method.equals(other.method)) {
            return Optional.empty();
        }
        Optional<Map<String, String>> both = both(headers, other.headers);
        Optional<Map<String, String>> queries = both(query, other.query);
        if (both.isEmpty() || queries.isEmpty()) {
            return Optional.empty();
        }
        if (cookie != null && other.cookie != null && !cookie.equals(other.cookie)) {
            throw new IllegalArgumentException("two cookies are asked for at once, but a match can ask for one");
        }
        return Optional.of(new Asked(
                method == null ? other.method : method,
                both.get(),
                cookie == null ? other.cookie : cookie,
                queries.get()));
    }

    /** Whether some request may have both. */
    boolean meets(Asked other) {
        return (method == null || other.method == null || method.equals(other.method))
                && both(headers, other.headers).isPresent()
                && both(query, other.query).isPresent();
    }

    /** Whether every request that has the other has this. */
    boolean covers(Asked other) {
        return (method == null || method.equals(other.method))
                && other.headers.entrySet().containsAll(headers.entrySet())
                && (cookie == null || cookie.equals(other.cookie))
                && other.query.entrySet().containsAll(query.entrySet());
    }

    /** What is left to ask where something wider is known. */
    Asked without(Asked known) {
        Map<String, String> left = new LinkedHashMap<>(headers);
        left.keySet().removeAll(known.headers.keySet());
        Map<String, String> more = new LinkedHashMap<>(query);
        more.keySet().removeAll(known.query.keySet());
        return new Asked(known.method == null ? method : null, left, known.cookie == null ? cookie : null, more);
    }

    /** How many headers are asked for. */
    int headerCount() {
        return headers.size() + (cookie == null ? 0 : 1);
    }

    /** Less than 0 if this is asked before the other by the standard: method, then headers, then parameters. */
    int compareByStandard(Asked other) {
        int byMethod = Boolean.compare(method == null, other.method == null);
        int byHeaders = byMethod != 0 ? byMethod : Integer.compare(other.headerCount(), headerCount());
        return byHeaders != 0 ? byHeaders : Integer.compare(other.query.size(), query.size());
    }

    /** The same where the method is counted as one of the headers, as Envoy Gateway does. */
    private int compareByCount(Asked other) {
        int mine = headerCount() + (method == null ? 0 : 1);
        int theirs = other.headerCount() + (other.method == null ? 0 : 1);
        int byHeaders = Integer.compare(theirs, mine);
        return byHeaders != 0 ? byHeaders : Integer.compare(other.query.size(), query.size());
    }

    /** Whether everybody asks this before the other, if it is written before it. */
    boolean isSafeBefore(Asked other) {
        return compareByStandard(other) <= 0 && compareByCount(other) <= 0;
    }

    /** The match of an HTTPRoute as it is written. */
    Map<String, Object> tree(Map<String, Object> path) {
        List<Object> parameters = new ArrayList<>();
        query.forEach((name, value) -> parameters.add(map("type", "Exact", "name", name, "value", value)));
        return map("path", path, "method", method, "headers", headerTrees(), "queryParams", parameters);
    }

    /** The match of a GRPCRoute as it is written; empty for everything. */
    Map<String, Object> grpcTree(Map<String, Object> method) {
        return map("method", method, "headers", headerTrees());
    }

    private List<Object> headerTrees() {
        List<Object> asked = new ArrayList<>();
        headers.forEach((name, value) -> asked.add(map("type", "Exact", "name", name, "value", value)));
        if (cookie != null) {
            asked.add(map("type", "RegularExpression", "name", "cookie", "value", cookie));
        }
        return asked;
    }

    private static Optional<Map<String, String>> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new LinkedHashMap<>(one);
        for (Map.Entry<String, String> entry : other.entrySet()) {
            String before = both.put(entry.getKey(), entry.getValue());
            if (before != null && !Objects.equals(before, entry.getValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(both);
    }
}
