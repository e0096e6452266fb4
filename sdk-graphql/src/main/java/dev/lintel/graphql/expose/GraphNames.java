package dev.lintel.graphql.expose;

import dev.lintel.graphql.name.NameLock;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that a graph keeps.
 *
 * @param names GraphQL names by what they name
 */
public record GraphNames(Map<String, String> names) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.names/v1";

    /** Keeps a copy, sorted. */
    public GraphNames {
        names = Collections.unmodifiableMap(new TreeMap<>(names));
    }

    NameLock lock() {
        return new NameLock(new TreeMap<>(names));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
