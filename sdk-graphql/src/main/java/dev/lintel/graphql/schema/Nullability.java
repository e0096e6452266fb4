package dev.lintel.graphql.schema;

/** What of an answer is said never to be null. The fields of Query and Mutation may always be: calls fail. */
public enum Nullability {
    /** What the document requires and does not call nullable. A service that breaks its word empties the object around. */
    AS_DOCUMENTED,
    /** Nothing. */
    ALL_NULLABLE
}
