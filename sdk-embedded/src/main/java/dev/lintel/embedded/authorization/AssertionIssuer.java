package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.keys.ClientKeys;
import java.net.URI;
import java.util.List;

/** Somebody else whose signed statements about users are taken as grants (RFC 7523, RFC 8693); a value. */
public final class AssertionIssuer {
    final String issuer;
    final ClientKeys keys;
    final List<String> scopes;

    private AssertionIssuer(String issuer, ClientKeys keys, List<String> scopes) {
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("an issuer of assertions must not be empty");
        }
        this.issuer = issuer;
        this.keys = keys;
        this.scopes = scopes;
    }

    /**
     * An issuer whose keys are known. Its statements give no scope yet.
     *
     * @param issuer the {@code iss} of what it signs
     * @param jwks its public keys, a JSON Web Key Set
     * @return the issuer
     */
    public static AssertionIssuer of(String issuer, String jwks) {
        return new AssertionIssuer(issuer, ClientKeys.of(jwks), List.of());
    }

    /**
     * An issuer that publishes its keys. Its statements give no scope yet.
     *
     * @param issuer the {@code iss} of what it signs
     * @param jwksUri where they are; {@code http} only for loopback
     * @return the issuer
     */
    public static AssertionIssuer of(String issuer, URI jwksUri) {
        return new AssertionIssuer(issuer, ClientKeys.at(jwksUri), List.of());
    }

    /**
     * What its statements may give at most, to clients that may have it.
     *
     * @param allowed scope values
     * @return a new value
     */
    public AssertionIssuer scopes(String... allowed) {
        return new AssertionIssuer(issuer, keys, List.of(allowed));
    }

    @Override
    public String toString() {
        return "AssertionIssuer " + issuer;
    }
}
