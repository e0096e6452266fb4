package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens (RFC 8414).
 *
 * @param issuer exactly as it stands in a token's {@code iss}
 * @param jwksUri where its keys are; null means that its metadata tells
 * @param jwks its keys themselves, a JSON Web Key Set, in place of an address; null for those that are fetched
 * @param algorithms the signature algorithms that are accepted (RFC 7518), at least one
 * @param origin the line that named it
 */
public record Issuer(
        String issuer, @Nullable URI jwksUri, @Nullable String jwks, List<String> algorithms, Origin origin) {
    /** Checks that there is an algorithm, and one place of the keys at the most. */
    public Issuer {
        Objects.requireNonNull(issuer, "issuer");
        algorithms = List.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("issuer '" + issuer + "' must accept at least one algorithm");
        }
        if (jwksUri != null && jwks != null) {
            throw new IllegalArgumentException("the keys of issuer '" + issuer + "' must be said once");
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * An issuer whose keys are fetched.
     *
     * @param issuer exactly as it stands in a token's {@code iss}
     * @param jwksUri where its keys are; null means that its metadata tells
     * @param algorithms the signature algorithms that are accepted, at least one
     * @param origin the line that named it
     */
    public Issuer(String issuer, @Nullable URI jwksUri, List<String> algorithms, Origin origin) {
        this(issuer, jwksUri, null, algorithms, origin);
    }
}
