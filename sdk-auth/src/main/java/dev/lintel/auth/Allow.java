package dev.lintel.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who is allowed by a rule that asks for no scope and no claim. */
public enum Allow {
    /** Everybody, with or without a token; a token that is presented must be good all the same. */
    @JsonProperty("anyone")
    ANYONE,
    /** Everybody with a good token. */
    @JsonProperty("any-token")
    ANY_TOKEN,
    /** Nobody. */
    @JsonProperty("nobody")
    NOBODY
}
