package dev.lintel.auth.token;

import java.net.URI;

/** Makes the proof that goes with each request that carries a sender-constrained token (RFC 9449, 4). */
public interface ProofOfPossession {
    /**
     * A proof for one request, with the last nonce that its origin gave.
     *
     * @param method of the request
     * @param uri of the request; query and fragment are left out of the proof
     * @param token the access token that it goes with
     * @return the value of the header {@code DPoP}; used once
     */
    String proof(String method, URI uri, AccessToken token);

    /**
     * Remembers a nonce, which every answer may bring (RFC 9449, 8 and 9).
     *
     * @param uri where the answer came from; nonces are kept for each origin
     * @param nonce the value of the header {@code DPoP-Nonce}
     * @return whether it differs from the one before, so that one retry makes sense
     */
    boolean nonce(URI uri, String nonce);

    /**
     * Remembers a nonce, and says whether it is new to the request that was just answered: while requests run side by
     * side, another's answer may have brought the same one already.
     *
     * @param uri where the answer came from
     * @param nonce the value of the header {@code DPoP-Nonce}
     * @param proof the proof that went with the request
     * @return whether that proof was made without this nonce, so that one retry makes sense
     */
    default boolean nonce(URI uri, String nonce, String proof) {
        return nonce(uri, nonce);
    }
}
