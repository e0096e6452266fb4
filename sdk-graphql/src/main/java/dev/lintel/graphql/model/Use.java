package dev.lintel.graphql.model;

import java.util.Objects;

/**
 * A type where it is used.
 *
 * @param shape of the value
 * @param nullable whether it may be null
 */
public record Use(Shape shape, boolean nullable) {
    /** Any JSON value, null among them. */
    public static final Use JSON = of(Kind.JSON, true);

    /** Checks that nothing is missing. */
    public Use {
        Objects.requireNonNull(shape, "shape");
    }

    /**
     * A single value.
     *
     * @param kind of it
     * @param nullable whether it may be null
     * @return the use
     */
    public static Use of(Kind kind, boolean nullable) {
        return new Use(new Shape.Single(kind), nullable);
    }

    /**
     * The same, null allowed if it is said here or there.
     *
     * @param also whether null is allowed
     * @return the use
     */
    public Use orNull(boolean also) {
        return also && !nullable ? new Use(shape, true) : this;
    }
}
