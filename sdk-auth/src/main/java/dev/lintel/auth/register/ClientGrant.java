package dev.lintel.auth.register;

/** A way to get tokens that a client may use (RFC 7591, 2: {@code grant_types}). */
public enum ClientGrant {
    /** For itself (RFC 6749, 4.4). */
    CLIENT_CREDENTIALS("client_credentials"),
    /** For a user who logs in by a browser (RFC 6749, 4.1). */
    AUTHORIZATION_CODE("authorization_code"),
    /** The next token for a user who logged in before (RFC 6749, 6). */
    REFRESH_TOKEN("refresh_token"),
    /** For a user who logs in on another device (RFC 8628). */
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
    /** In exchange for a token of somebody else (RFC 8693). */
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange"),
    /** For an assertion by an issuer that the server trusts (RFC 7523, 2.1). */
    JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer");

    private final String type;

    ClientGrant(String type) {
        this.type = type;
    }

    /**
     * Its name in requests and in a client's metadata.
     *
     * @return for example {@code client_credentials}
     */
    public String type() {
        return type;
    }
}
