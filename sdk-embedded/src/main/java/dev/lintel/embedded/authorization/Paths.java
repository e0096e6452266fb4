package dev.lintel.embedded.authorization;

/** Where things are below the issuer. */
final class Paths {
    static final String TOKEN = "/token";
    static final String JWKS = "/jwks";
    static final String METADATA = "/.well-known/oauth-authorization-server";
    static final String OPENID_METADATA = "/.well-known/openid-configuration";

    private Paths() {}
}
