package dev.lintel.graphql.change;

/** What a change does to queries that were valid before it, the worst last. */
public enum Severity {
    /** They stay valid and mean the same. */
    COMPATIBLE,
    /** They stay valid, but what they get or do can be something for which a client was not made. */
    DANGEROUS,
    /** Some of them are refused now, or get null where null was excluded. */
    BREAKING
}
