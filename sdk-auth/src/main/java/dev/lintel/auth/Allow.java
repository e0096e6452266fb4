package dev.lintel.auth;

/** Who is allowed by a rule that asks for no scope and no claim. */
public enum Allow {
    /** Everybody, with or without a token; a token that is presented must be good all the same. */
    ANYONE,
    /** Everybody with a good token. */
    ANY_TOKEN,
    /** Nobody. */
    NOBODY
}
