package dev.lintel.graphql.http;

/**
 * How large a request may be.
 *
 * @param bytes of a body, or characters of a query in an address
 * @param depth of its JSON, in levels
 * @param values in its JSON
 */
public record Limits(int bytes, int depth, int values) {
    /** 1 MiB, 64 levels, 100,000 values. */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 100_000);

    /** Checks that each is positive. */
    public Limits {
        if (bytes < 1 || depth < 1 || values < 1) {
            throw new IllegalArgumentException("limits must be positive, but are " + bytes + " bytes, " + depth
                    + " levels and " + values + " values");
        }
    }
}
