package dev.lintel.core.evaluate;

/** Why a request is refused. */
public enum Reason {
    /** The request target or the host is invalid or ambiguous. */
    BAD_REQUEST,
    /** No API is exposed at this host. */
    UNKNOWN_HOST,
    /** A token is needed and none came. */
    NO_TOKEN,
    /** The token that came is no good. */
    INVALID_TOKEN,
    /** The token is good, but for somebody else. */
    WRONG_AUDIENCE,
    /** The token is good, but lacks a scope or a claim. */
    INSUFFICIENT_SCOPE,
    /** Nobody may call this. */
    DENIED,
    /** No access rule speaks about this. */
    UNMATCHED,
    /** The token could not be judged. */
    UNVERIFIABLE,
    /** A guard said no. */
    GUARDED
}
