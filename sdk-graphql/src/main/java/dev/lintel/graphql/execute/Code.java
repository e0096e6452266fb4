package dev.lintel.graphql.execute;

/** What an error is, as {@code extensions.code} says it, beside those of {@code UpstreamCode}. Stable. */
enum Code {
    /** The document is no GraphQL. */
    GRAPHQL_PARSE_FAILED,
    /** The document does not fit the schema, or does not say which operation is meant. */
    GRAPHQL_VALIDATION_FAILED,
    /** A variable or an argument is of another type. */
    BAD_USER_INPUT,
    /** The document asks for more than one request may. */
    LIMIT_EXCEEDED,
    /** The caller would have to say who it is. */
    UNAUTHENTICATED,
    /** The caller may not. */
    FORBIDDEN,
    /** The service answered null, or nothing, where its document says that there is a value. */
    NULL_VALUE,
    /** The service answered a value of another type than its document says. */
    WRONG_TYPE,
    /** The request took longer than it may. */
    DEADLINE_EXCEEDED,
    /** Nobody waits for the answer any more. */
    CANCELLED,
    /** A link needs a value of a request that was not made here. */
    LINK_UNKNOWN,
    /** A mistake of ours. */
    INTERNAL
}
