package dev.lintel.embedded.authorization.faults;

import java.util.Set;

/** Endpoints by what they are for. */
public enum Place {
    /** Where tokens are asked for. */
    TOKEN("/token"),
    /** Where keys are published. */
    JWKS("/jwks"),
    /** Where the server tells of itself. */
    METADATA("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"),
    /** Where users are sent to. */
    AUTHORIZATION("/authorize"),
    /** Where tokens are looked up. */
    INTROSPECTION("/introspect"),
    /** Where tokens are revoked. */
    REVOCATION("/revoke"),
    /** Where clients register. */
    REGISTRATION("/register"),
    /** Where devices begin. */
    DEVICE_AUTHORIZATION("/device_authorization"),
    /** Where authorization requests are pushed. */
    PUSHED_AUTHORIZATION("/par");

    private final Set<String> paths;

    Place(String... paths) {
        this.paths = Set.of(paths);
    }

    /** Where it is below the issuer. */
    public Set<String> paths() {
        return paths;
    }
}
