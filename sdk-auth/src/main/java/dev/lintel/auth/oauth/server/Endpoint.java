package dev.lintel.auth.oauth.server;

/** The endpoints of an authorization server that somebody here asks, each with its name in the metadata (RFC 8414, 2). */
public enum Endpoint {
    /** Where users log in (RFC 6749, 3.1). */
    AUTHORIZATION("authorization_endpoint"),
    /** Where tokens are issued (RFC 6749, 3.2). */
    TOKEN("token_endpoint"),
    /** Where the keys are that the server signs with (RFC 7517, 5). */
    KEYS("jwks_uri"),
    /** Where clients register (RFC 7591, 3). */
    REGISTRATION("registration_endpoint"),
    /** Where tokens are asked about (RFC 7662, 2). */
    INTROSPECTION("introspection_endpoint"),
    /** Where tokens are given back (RFC 7009, 2). */
    REVOCATION("revocation_endpoint"),
    /** Where devices without a browser begin (RFC 8628, 3.1). */
    DEVICE("device_authorization_endpoint"),
    /** Where authorization requests are left beforehand (RFC 9126, 2). */
    PUSHED_REQUEST("pushed_authorization_request_endpoint"),
    /** Where a user's claims are (OpenID Connect Core, 5.3). */
    USER_INFO("userinfo_endpoint"),
    /** Where users log out (OpenID Connect RP-Initiated Logout, 2). */
    END_SESSION("end_session_endpoint");

    private final String member;

    Endpoint(String member) {
        this.member = member;
    }

    /**
     * Its name in the metadata.
     *
     * @return for example {@code token_endpoint}
     */
    public String member() {
        return member;
    }
}
