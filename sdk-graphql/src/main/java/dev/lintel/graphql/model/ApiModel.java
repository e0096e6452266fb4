package dev.lintel.graphql.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a document says about an API, as far as it was understood.
 *
 * @param operations sorted by path and method
 * @param types by their ids
 * @param losses what was not understood, or not exactly, sorted
 * @param declared how many operations the document has; each one is among the operations, or a loss of the kind
 *     {@code OMITTED}
 */
public record ApiModel(
        List<Operation> operations, SortedMap<String, Definition> types, List<Loss> losses, int declared) {
    /** Keeps copies. */
    public ApiModel {
        operations = List.copyOf(operations);
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        losses = List.copyOf(losses);
    }
}
