package dev.lintel.graphql.change;

import java.util.Comparator;
import java.util.Objects;

/**
 * One difference between two graphs.
 *
 * @param severity what it does to queries
 * @param coordinate where, as a schema coordinate such as {@code Pet.name}, {@code Query.pets(limit:)} or {@code Colour.RED};
 *     by the names of before, unless it is new
 * @param reason what was, and what is
 * @see <a href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">GraphQL, Schema Coordinates</a>
 */
public record Change(Severity severity, String coordinate, String reason) implements Comparable<Change> {
    private static final Comparator<Change> ORDER = Comparator.comparing(Change::severity)
            .reversed()
            .thenComparing(Change::coordinate)
            .thenComparing(Change::reason);

    /** Checks that nothing is missing. */
    public Change {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(coordinate, "coordinate");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int compareTo(Change other) {
        return ORDER.compare(this, other);
    }

    /**
     * The change in one line.
     *
     * @return such as {@code BREAKING Pet.name: was String!, is String}
     */
    @Override
    public String toString() {
        return severity + " " + coordinate + ": " + reason;
    }
}
