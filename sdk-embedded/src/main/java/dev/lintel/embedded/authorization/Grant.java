package dev.lintel.embedded.authorization;

/** A way to get a token: one value of {@code grant_type}. */
interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /**
     * Issues a token, or says why not.
     *
     * @param client who asks; it has authenticated and may use this grant
     * @param form what it asks for
     * @return the token
     * @throws OAuthError if it may not have that
     */
    Issued issue(Client client, Form form) throws OAuthError;
}
