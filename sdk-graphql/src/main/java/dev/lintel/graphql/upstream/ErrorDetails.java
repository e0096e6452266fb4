package dev.lintel.graphql.upstream;

/** What of a service's own words about a problem clients are told. */
public enum ErrorDetails {
    /** None: code, status, when to ask again, and which arguments were refused. */
    HIDDEN,
    /** Title, detail and what is wrong with each argument too, as far as no address and no stack is in them. */
    SHOWN
}
