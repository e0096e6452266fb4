package dev.lintel.embedded.authorization;

/** Where things are below the issuer. */
final class Paths {
    static final String TOKEN = "/token";
    static final String INTROSPECT = "/introspect";
    static final String REVOKE = "/revoke";
    static final String REGISTER = "/register";
    static final String DEVICE_AUTHORIZATION = "/device_authorization";
    static final String AUTHORIZE = "/authorize";
    static final String PAR = "/par";
    static final String CONTINUE = "/continue";
    static final String LOGIN = "/login";
    static final String CONSENT = "/consent";
    static final String DEVICE = "/device";
    static final String DEVICE_DECISION = "/device/decision";
    static final String LOGOUT = "/logout";
    static final String LOGOUT_DECISION = "/logout/decision";
    static final String USER_INFO = "/userinfo";
    static final String JWKS = "/jwks";
    static final String METADATA = "/.well-known/oauth-authorization-server";
    static final String OPENID_METADATA = "/.well-known/openid-configuration";

    private Paths() {}
}
