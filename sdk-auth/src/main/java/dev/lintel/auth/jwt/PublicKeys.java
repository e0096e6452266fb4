package dev.lintel.auth.jwt;

import com.nimbusds.jose.JOSEException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Public keys of somebody who signs, as far as they can be used: keys for encryption, of other kinds, with private parts,
 * or too weak are passed over, like those of an issuer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, 5</a>
 */
public final class PublicKeys {
    private final KeySet keys;

    private PublicKeys(KeySet keys) {
        this.keys = keys;
    }

    /**
     * Reads a JSON Web Key Set.
     *
     * @param json the whole document
     * @return empty if it is not one; without keys if none can be used
     */
    public static Optional<PublicKeys> parse(byte[] json) {
        return KeySet.parse(json).map(PublicKeys::new);
    }

    /**
     * The one key that a JSON Web Key is.
     *
     * @param jwk its members
     * @return empty if it cannot be used
     */
    public static Optional<PublicKeys> of(Map<?, ?> jwk) {
        return Optional.ofNullable(KeySet.key(jwk)).map(key -> new PublicKeys(new KeySet(List.of(key))));
    }

    /**
     * Whether there is none.
     *
     * @return true if nothing can be verified
     */
    public boolean isEmpty() {
        return keys.keys().isEmpty();
    }

    /**
     * The thumbprint of the first key (RFC 7638).
     *
     * @return SHA-256, base64url
     * @throws IllegalStateException if there is no key
     */
    public String thumbprint() {
        if (isEmpty()) {
            throw new IllegalStateException("there is no key");
        }
        try {
            return keys.keys().get(0).thumbprint();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    KeySet set() {
        return keys;
    }

    /** How many there are, not the keys. */
    @Override
    public String toString() {
        return keys.keys().size() + " public keys";
    }
}
