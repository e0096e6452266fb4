package dev.lintel.auth.oauth;

/** What kind of token goes into an exchange or comes out of it (RFC 8693, 3). */
public enum TokenKind {
    /** An access token of the server. */
    ACCESS_TOKEN("access_token"),
    /** A refresh token of the server. */
    REFRESH_TOKEN("refresh_token"),
    /** An ID token of the server. */
    ID_TOKEN("id_token"),
    /** Any JWT, also of another issuer. */
    JWT("jwt"),
    /** A SAML 1.1 assertion in base64url. */
    SAML1("saml1"),
    /** A SAML 2.0 assertion in base64url. */
    SAML2("saml2");

    private final String urn;

    TokenKind(String name) {
        this.urn = "urn:ietf:params:oauth:token-type:" + name;
    }

    /**
     * Its name in requests.
     *
     * @return a URN
     */
    public String urn() {
        return urn;
    }
}
