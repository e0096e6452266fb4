package dev.lintel.graphql.execute;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one request may ask for. All of it is checked before anything is called.
 *
 * @param characters of the document
 * @param tokens of the document
 * @param depth of fields within each other
 * @param fields of the operation, fragments counted at each use
 * @param aliases of the operation, fragments counted at each use
 * @param calls of services in the worst case, lists counted by {@code items}
 * @param items that a list is taken to have in the worst case; items beyond it get no calls of their own
 * @param batch requests that are sent as one
 * @param deadline for the whole request
 */
public record GraphLimits(
        int characters,
        int tokens,
        int depth,
        int fields,
        int aliases,
        int calls,
        int items,
        int batch,
        Duration deadline) {
    /** 100,000 characters, 10,000 tokens, 15 levels, 2,000 fields, 100 aliases, 1,000 calls, 100 items, 10 requests, 30 s. */
    public static final GraphLimits DEFAULT =
            new GraphLimits(100_000, 10_000, 15, 2_000, 100, 1_000, 100, 10, Duration.ofSeconds(30));

    /** Checks that all are positive. */
    public GraphLimits {
        Objects.requireNonNull(deadline, "deadline");
        if (characters < 1
                || tokens < 1
                || depth < 1
                || fields < 1
                || aliases < 0
                || calls < 1
                || items < 1
                || batch < 1
                || deadline.isNegative()
                || deadline.isZero()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /**
     * The same with another depth.
     *
     * @param most levels
     * @return the limits
     */
    public GraphLimits depth(int most) {
        return new GraphLimits(characters, tokens, most, fields, aliases, calls, items, batch, deadline);
    }

    /**
     * The same with another count of calls.
     *
     * @param most calls in the worst case
     * @return the limits
     */
    public GraphLimits calls(int most) {
        return new GraphLimits(characters, tokens, depth, fields, aliases, most, items, batch, deadline);
    }

    /**
     * The same with another length that lists are taken to have.
     *
     * @param most items
     * @return the limits
     */
    public GraphLimits items(int most) {
        return new GraphLimits(characters, tokens, depth, fields, aliases, calls, most, batch, deadline);
    }

    /**
     * The same with another count of aliases.
     *
     * @param most aliases
     * @return the limits
     */
    public GraphLimits aliases(int most) {
        return new GraphLimits(characters, tokens, depth, fields, most, calls, items, batch, deadline);
    }

    /**
     * The same with another deadline.
     *
     * @param most time for the whole request
     * @return the limits
     */
    public GraphLimits deadline(Duration most) {
        return new GraphLimits(characters, tokens, depth, fields, aliases, calls, items, batch, most);
    }
}
