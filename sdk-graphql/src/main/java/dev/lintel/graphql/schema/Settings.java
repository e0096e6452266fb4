package dev.lintel.graphql.schema;

import java.util.Objects;

/**
 * What can be chosen about a schema.
 *
 * @param nullability of answers
 * @param maps what objects with unknown keys become
 */
public record Settings(Nullability nullability, Maps maps) {
    /** As documented, with entries. */
    public static final Settings DEFAULT = new Settings(Nullability.AS_DOCUMENTED, Maps.ENTRIES);

    /** Checks that nothing is missing. */
    public Settings {
        Objects.requireNonNull(nullability, "nullability");
        Objects.requireNonNull(maps, "maps");
    }
}
