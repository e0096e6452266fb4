package dev.lintel.graphql.model;

import java.util.Objects;

/**
 * A property of an object.
 *
 * @param name as in JSON
 * @param use its type
 * @param required whether it must be there
 * @param direction who sends it
 * @param hasDefault whether the service has a value for it if none is sent
 * @param description in Markdown, may be empty
 * @param deprecated whether new clients should not use it
 */
public record Property(
        String name,
        Use use,
        boolean required,
        Direction direction,
        boolean hasDefault,
        String description,
        boolean deprecated) {

    /** Who sends a property. */
    public enum Direction {
        /** Client and service. */
        BOTH,
        /** The service alone: {@code readOnly}. */
        OUT,
        /** The client alone: {@code writeOnly}. */
        IN
    }

    /** Checks that nothing is missing. */
    public Property {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(description, "description");
    }
}
