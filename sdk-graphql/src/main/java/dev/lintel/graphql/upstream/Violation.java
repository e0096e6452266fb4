package dev.lintel.graphql.upstream;

import java.util.Objects;

/**
 * What a service says is wrong with one field of a request.
 *
 * @param argument path of the argument, such as {@code input.lastName}
 * @param detail in the service's words, empty if they are not shown
 */
public record Violation(String argument, String detail) {
    /** Checks that nothing is missing. */
    public Violation {
        Objects.requireNonNull(argument, "argument");
        Objects.requireNonNull(detail, "detail");
    }
}
