package dev.lintel.graphql.change;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.schema.GraphSchema;
import java.util.List;
import java.util.TreeSet;

/**
 * The differences between two graphs, the worst first. Descriptions are none.
 *
 * @param changes sorted
 */
public record GraphDiff(List<Change> changes) {
    /** Keeps a copy. */
    public GraphDiff {
        changes = List.copyOf(changes);
    }

    /**
     * Compares two graphs. Names that were not locked can differ although nothing else does: that is a change like any
     * other, and is told as a rename.
     *
     * @param before what clients were made for
     * @param after what would take its place
     * @return nothing for documents that say the same, in whatever order
     */
    public static GraphDiff between(Graph before, Graph after) {
        GraphSchema old = before.schema();
        GraphSchema young = after.schema();
        Renames renames = Renames.of(before.model(), old.names(), after.model(), young.names());
        TreeSet<Change> found = new TreeSet<>(new SchemaComparison(old.graphQl(), young.graphQl(), renames).changes());
        found.addAll(new CallComparison(before.model(), old.names(), after.model(), young.names(), renames).changes());
        return new GraphDiff(List.copyOf(found));
    }

    /**
     * The worst that happens to any query.
     *
     * @return {@link Severity#COMPATIBLE} if there is no change
     */
    public Severity worst() {
        return changes.isEmpty() ? Severity.COMPATIBLE : changes.get(0).severity();
    }

    /**
     * The changes that break queries.
     *
     * @return sorted, often none
     */
    public List<Change> breaking() {
        return changes.stream()
                .filter(change -> change.severity() == Severity.BREAKING)
                .toList();
    }

    /**
     * One line for each change.
     *
     * @return such as {@code BREAKING Pet.name: is gone}; {@code no change} if there is none
     */
    @Override
    public String toString() {
        return changes.isEmpty()
                ? "no change"
                : String.join("\n", changes.stream().map(Change::toString).toList());
    }
}
