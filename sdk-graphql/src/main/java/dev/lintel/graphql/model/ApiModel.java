package dev.lintel.graphql.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /**
     * A definition.
     *
     * @param id of it
     * @return what it says
     * @throws IllegalStateException if there is none
     */
    public Definition definition(String id) {
        Definition definition = types.get(id);
        if (definition == null) {
            throw new IllegalStateException("'" + id + "' is not defined");
        }
        return definition;
    }

    /**
     * The objects of which a value is one.
     *
     * @param id of its type
     * @param way {@code IN} as clients send it, {@code OUT} as services do
     * @return ids; more than one for variants and subtypes, none if all are empty that way
     */
    public SortedSet<String> objects(String id, Property.Direction way) {
        SortedSet<String> objects = new TreeSet<>();
        Definition definition = definition(id);
        if (definition instanceof Definition.Variants variants) {
            variants.members().forEach(member -> objects.addAll(objects(member, way)));
        } else if (definition instanceof Definition.Fields fields) {
            if (!fields.properties(way).isEmpty()) {
                objects.add(id);
            }
            for (String subtype : fields.subtypes()) {
                if (!((Definition.Fields) definition(subtype)).properties(way).isEmpty()) {
                    objects.add(subtype);
                }
            }
        }
        return objects;
    }

    /**
     * Links of objects, whichever operations answer them.
     *
     * @return by ids of their types and by their names
     */
    public SortedMap<String, SortedMap<String, Link>> links() {
        SortedMap<String, SortedMap<String, Link>> found = new TreeMap<>();
        for (Operation operation : operations) {
            Use use = operation.answer().use();
            if (use != null && use.shape() instanceof Shape.Named named) {
                for (Link link : operation.answer().links()) {
                    found.computeIfAbsent(named.id(), id -> new TreeMap<>()).put(link.name(), link);
                }
            }
        }
        return found;
    }
}
