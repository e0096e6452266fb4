package dev.lintel.auth.register;

import java.util.Locale;

/** How a client proves at the token endpoint who it is (RFC 7591, 2: {@code token_endpoint_auth_method}). */
public enum ClientProof {
    /** A secret in the header {@code Authorization}. */
    CLIENT_SECRET_BASIC,
    /** A secret in the form. */
    CLIENT_SECRET_POST,
    /** A signed assertion, whose key is published at the client's own address (RFC 7523, 2.2). */
    PRIVATE_KEY_JWT,
    /** Not at all: a public client, which can keep no secret. */
    NONE;

    /**
     * Its name in a client's metadata.
     *
     * @return for example {@code client_secret_basic}
     */
    public String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it takes a secret that the server knows as well.
     *
     * @return true for the first two
     */
    public boolean hasSecret() {
        return this == CLIENT_SECRET_BASIC || this == CLIENT_SECRET_POST;
    }
}
