package dev.lintel.graphql.model;

import java.util.Comparator;
import java.util.Objects;

/**
 * Something that a document says and the graph does not, or says less exactly.
 *
 * @param kind what became of it
 * @param where its place, as a JSON pointer; for operations their method and path
 * @param construct what it is, such as {@code pattern} or {@code operation}
 * @param reason why
 */
public record Loss(Kind kind, String where, String construct, String reason) implements Comparable<Loss> {
    private static final Comparator<Loss> ORDER = Comparator.comparing(Loss::kind)
            .thenComparing(Loss::where)
            .thenComparing(Loss::construct)
            .thenComparing(Loss::reason);

    /** What becomes of a construct that is not mapped exactly. */
    public enum Kind {
        /** An operation that is no field of the graph. */
        OMITTED,
        /** A type that is wider, or differs from what the document says. */
        WIDENED,
        /** A limit on values that only the service checks. */
        UNCHECKED,
        /** What the graph makes no use of. */
        UNUSED
    }

    /** Checks that nothing is missing. */
    public Loss {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(construct, "construct");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int compareTo(Loss other) {
        return ORDER.compare(this, other);
    }

    /**
     * The loss in one line.
     *
     * @return such as {@code UNCHECKED #/components/schemas/Pet pattern: only the service checks it}
     */
    @Override
    public String toString() {
        return kind + " " + where + " " + construct + ": " + reason;
    }
}
