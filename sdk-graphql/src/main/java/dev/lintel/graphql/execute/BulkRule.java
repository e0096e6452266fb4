package dev.lintel.graphql.execute;

import java.util.Objects;

/**
 * An operation that answers many things at once, used where one request needs several of them.
 *
 * @param single key of the operation that answers one, such as {@code GET /customers/{id}}; it is asked by one argument
 * @param many key of the operation that answers a list of them, such as {@code GET /customers}
 * @param parameter of {@code many}, an array in the query that takes what {@code single} is asked by
 * @param property of each thing that says which one it is, as in JSON
 * @param most how many may be asked for at once
 */
public record BulkRule(String single, String many, String parameter, String property, int most) {
    /** Checks that nothing is missing. */
    public BulkRule {
        Objects.requireNonNull(single, "single");
        Objects.requireNonNull(many, "many");
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(property, "property");
        if (most < 2) {
            throw new IllegalArgumentException("'" + many + "' must take at least 2 at once, but takes " + most);
        }
    }
}
