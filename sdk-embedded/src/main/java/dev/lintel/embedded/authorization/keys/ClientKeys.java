package dev.lintel.embedded.authorization.keys;

import dev.lintel.auth.jwt.PublicKeys;
import dev.lintel.auth.net.Urls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of somebody else: as a value, or where they are published. One of the two is null.
 *
 * @param jwks a JSON Web Key Set
 * @param known its keys
 * @param uri where to fetch one
 */
public record ClientKeys(
        @Nullable String jwks,
        @Nullable PublicKeys known,
        @Nullable URI uri) {
    /**
     * Keys as a value.
     *
     * @param jwks a JSON Web Key Set with at least one key that can be used
     * @throws IllegalArgumentException if it has none
     */
    public static ClientKeys of(String jwks) {
        PublicKeys keys = PublicKeys.parse(jwks.getBytes(StandardCharsets.UTF_8))
                .filter(some -> !some.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("keys must be a JSON Web Key Set with at least one"
                        + " public key for signatures: RSA of 2048 bits or more, EC, or Ed25519"));
        return new ClientKeys(jwks, keys, null);
    }

    /**
     * Keys that are published.
     *
     * @param uri {@code https}, or {@code http} on loopback
     * @throws IllegalArgumentException for another address
     */
    public static ClientKeys at(URI uri) {
        return new ClientKeys(null, null, Urls.checked("a jwks_uri", uri));
    }
}
