package dev.lintel.auth;

import dev.lintel.auth.jwt.PinnedKeys;
import dev.lintel.auth.net.Urls;
import dev.lintel.core.Origin;
import dev.lintel.core.Speaker;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are accepted.
 *
 * @param issuer its identifier, exactly as it stands in the {@code iss} of its tokens (RFC 8414, 2)
 * @param jwksUri where its keys are; null means that its metadata tells
 * @param jwks its keys themselves, a JSON Web Key Set of public ones, in place of an address; null for those that are fetched
 * @param algorithms the signature algorithms that are accepted; empty for {@link #DEFAULT_ALGORITHMS}
 * @param origin the line that named it
 */
public record TrustedIssuer(
        String issuer, @Nullable URI jwksUri, @Nullable String jwks, List<String> algorithms, Origin origin)
        implements Speaker {
    /**
     * What is accepted unless said otherwise: RS256, which nearly every issuer signs with, and the algorithms of FAPI 2.0
     * (PS256, ES256, Ed25519 under both its names). Names of algorithms whose keys are shared secrets, and {@code none},
     * can never be accepted.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.1">RFC 8725, 3.1</a>
     */
    public static final List<String> DEFAULT_ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");

    private static final List<String> KNOWN = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    /** Checks the addresses, the keys and the names of the algorithms. */
    public TrustedIssuer {
        Urls.issuer(issuer);
        if (jwksUri != null) {
            Urls.checked("the JWKS address of issuer '" + issuer + "'", jwksUri);
        }
        if (jwks != null) {
            if (jwksUri != null) {
                throw new IllegalArgumentException("the keys of issuer '" + issuer
                        + "' are said, and an address of them as well: say one of the two");
            }
            jwks = PinnedKeys.checked(issuer, jwks);
        }
        algorithms = algorithms == null ? List.of() : List.copyOf(algorithms);
        Set<String> once = new LinkedHashSet<>();
        for (String algorithm : algorithms) {
            if (!KNOWN.contains(algorithm)) {
                throw new IllegalArgumentException("a signature algorithm must be one of " + String.join(", ", KNOWN)
                        + ", but issuer '" + issuer + "' was given '" + algorithm + "'");
            }
            if (!once.add(algorithm)) {
                throw new IllegalArgumentException(
                        "algorithm '" + algorithm + "' is said twice for issuer '" + issuer + "'");
            }
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * An issuer whose metadata tells where its keys are.
     *
     * @param issuer an {@code https} URL; {@code http} on loopback only
     * @return the issuer
     */
    public static TrustedIssuer issuer(String issuer) {
        return new TrustedIssuer(issuer, null, null, List.of(), Origin.ofCaller());
    }

    /**
     * The same issuer, its keys at a known address.
     *
     * @param uri where its JSON Web Key Set is (RFC 7517, 5)
     * @return a new value
     */
    public TrustedIssuer jwks(URI uri) {
        return new TrustedIssuer(issuer, uri, jwks, algorithms, origin);
    }

    /**
     * The same issuer, with these keys and no others: nobody asks it, so that its tokens are good while it is down, and a key
     * that it takes back stays good until the definition changes.
     *
     * @param keySet a JSON Web Key Set (RFC 7517, 5) as the issuer publishes it: public keys, 64 and 65,536 characters at most
     * @return a new value
     * @throws IllegalArgumentException if it is none, or holds a private key or a shared secret
     */
    public TrustedIssuer keys(String keySet) {
        return new TrustedIssuer(issuer, jwksUri, Objects.requireNonNull(keySet, "keySet"), algorithms, origin);
    }

    /**
     * The same issuer, accepting only these signature algorithms instead of {@link #DEFAULT_ALGORITHMS}.
     *
     * @param names at least one, as in RFC 7518, 3.1 and RFC 9864, for example {@code ES256}
     * @return a new value
     */
    public TrustedIssuer algorithms(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("issuer '" + issuer + "' must accept at least one algorithm");
        }
        return new TrustedIssuer(issuer, jwksUri, jwks, List.of(names), origin);
    }

    /**
     * What this issuer means in the model.
     *
     * @return with the default algorithms filled in
     */
    dev.lintel.core.model.Issuer toModel(Origin fallback) {
        return new dev.lintel.core.model.Issuer(
                issuer,
                jwksUri,
                jwks,
                algorithms.isEmpty() ? DEFAULT_ALGORITHMS : algorithms,
                origin.toString().isEmpty() ? fallback : origin);
    }
}
