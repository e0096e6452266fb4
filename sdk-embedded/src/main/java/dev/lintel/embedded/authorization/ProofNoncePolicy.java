package dev.lintel.embedded.authorization;

/** Whether DPoP proofs carry a nonce that the server gave out (RFC 9449, 8). */
public enum ProofNoncePolicy {
    /** The server gives out none; a proof's time is its only freshness. */
    OFF,
    /** The server gives one with every answer to a proof; a proof without one is good, one with another is not. */
    OPTIONAL,
    /** A proof without a current nonce is answered {@code use_dpop_nonce}. */
    REQUIRED
}
