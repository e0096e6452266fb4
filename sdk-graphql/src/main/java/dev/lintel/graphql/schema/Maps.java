package dev.lintel.graphql.schema;

/** What objects with unknown keys become. */
public enum Maps {
    /** Lists of keys with typed values. */
    ENTRIES,
    /** JSON values as they are. */
    JSON
}
