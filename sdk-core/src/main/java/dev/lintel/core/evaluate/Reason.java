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
    GUARDED,
    /** The certificate that was shown does not say who calls. */
    UNPROVEN,
    /** Somebody calls who is not among those who may. */
    CALLER,
    /** The call crosses the boundary of a namespace, and nobody allowed it. */
    ISOLATED,
    /** The external authorizer said no. */
    UNAUTHORIZED,
    /** The external authorizer said nothing that could be understood, or nothing in time. */
    AUTHORIZER_FAILED
}
