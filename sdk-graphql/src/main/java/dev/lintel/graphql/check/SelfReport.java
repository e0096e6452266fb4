package dev.lintel.graphql.check;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a self-check found.
 *
 * @param operations what became of each operation that only reads, by key: {@code same}, {@code different}, or
 *     {@code skipped} with the reason
 * @param differences one line for each place where the answers differ, without their values
 * @param values how many values were compared
 * @param covered properties of which a value was compared, as type and field
 * @param uncovered properties that answers may have, of which none was
 */
public record SelfReport(
        SortedMap<String, String> operations,
        List<String> differences,
        int values,
        SortedSet<String> covered,
        SortedSet<String> uncovered) {
    /** Keeps copies. */
    public SelfReport {
        operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
        differences = List.copyOf(differences);
        covered = Collections.unmodifiableSortedSet(new TreeSet<>(covered));
        uncovered = Collections.unmodifiableSortedSet(new TreeSet<>(uncovered));
    }

    /**
     * Whether nothing differs.
     *
     * @return false if anything does; an operation that was skipped differs in nothing
     */
    public boolean same() {
        return differences.isEmpty();
    }

    /**
     * The report as a text.
     *
     * @return a line for each operation and each difference, and how much was covered
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        operations.forEach(
                (key, what) -> text.append(key).append(": ").append(what).append('\n'));
        differences.forEach(each -> text.append("  ").append(each).append('\n'));
        int all = covered.size() + uncovered.size();
        text.append(values)
                .append(" values compared, ")
                .append(covered.size())
                .append(" of ")
                .append(all);
        return text.append(" properties covered\n").toString();
    }
}
