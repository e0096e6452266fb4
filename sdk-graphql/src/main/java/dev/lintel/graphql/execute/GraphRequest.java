package dev.lintel.graphql.execute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a graph.
 *
 * @param query the document
 * @param operationName which operation of the document is meant, null if it has one
 * @param variables as in JSON: texts, flags, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, lists, maps, nulls
 * @param extensions as in JSON; {@code cost: true} asks for what the query may cost, in {@code extensions.cost}
 */
public record GraphRequest(
        String query,
        @Nullable String operationName,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> extensions) {
    /** Keeps copies. */
    public GraphRequest {
        Objects.requireNonNull(query, "query");
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /**
     * A document with one operation and without variables.
     *
     * @param query the document
     * @return the request
     */
    public static GraphRequest of(String query) {
        return new GraphRequest(query, null, Map.of(), Map.of());
    }

    /**
     * The same with variables.
     *
     * @param values by name, as in JSON
     * @return a new value
     */
    public GraphRequest variables(Map<String, ? extends @Nullable Object> values) {
        return new GraphRequest(query, operationName, new LinkedHashMap<String, @Nullable Object>(values), extensions);
    }

    /**
     * The request without its values, which may be secret.
     *
     * @return such as {@code query of 120 characters with variables [id]}
     */
    @Override
    public String toString() {
        return "query of " + query.length() + " characters with variables " + variables.keySet();
    }
}
