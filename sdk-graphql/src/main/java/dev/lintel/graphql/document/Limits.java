package dev.lintel.graphql.document;

/**
 * How much a document may hold.
 *
 * @param bytes of its text in UTF-8
 * @param depth of objects and lists within each other
 * @param values objects, lists and single values together
 */
public record Limits(int bytes, int depth, int values) {
    /** 64 MiB, 200 levels, 10,000,000 values. */
    public static final Limits DEFAULT = new Limits(64 << 20, 200, 10_000_000);

    /** Checks that all are positive. */
    public Limits {
        if (bytes < 1 || depth < 1 || values < 1) {
            throw new IllegalArgumentException("limits must be positive, but are " + bytes + " bytes, " + depth
                    + " levels, " + values + " values");
        }
    }

    /**
     * The same with another size.
     *
     * @param most bytes
     * @return the limits
     */
    public Limits bytes(int most) {
        return new Limits(most, depth, values);
    }

    /**
     * The same with another depth.
     *
     * @param most levels
     * @return the limits
     */
    public Limits depth(int most) {
        return new Limits(bytes, most, values);
    }

    /**
     * The same with another count of values.
     *
     * @param most values
     * @return the limits
     */
    public Limits values(int most) {
        return new Limits(bytes, depth, most);
    }
}
