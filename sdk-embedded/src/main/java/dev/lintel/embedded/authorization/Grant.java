package dev.lintel.embedded.authorization;

/** A way to get a token: one value of {@code grant_type}. */
interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /**
     * Issues a token, or says why not.
     *
     * @param request who asks, and for what; the client has authenticated and may use this grant
     * @return the token
     * @throws OAuthError if it may not have that
     */
    Issued issue(GrantRequest request) throws OAuthError;
}
