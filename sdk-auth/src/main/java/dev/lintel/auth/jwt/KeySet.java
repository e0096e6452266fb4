package dev.lintel.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.lintel.auth.net.StrictJson;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer signs with, as far as they can be used: keys for encryption, of other kinds, with private
 * parts, or too weak are passed over.
 *
 * @param keys at most 64
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, 5</a>
 */
record KeySet(List<VerificationKey> keys) {
    private static final int MOST_KEYS = 64;
    private static final int MOST_TRIED = 8;
    private static final int WEAKEST_RSA = 2048;
    private static final int LONGEST_RSA = 8192;
    private static final int LONGEST_EXPONENT = 64;
    private static final List<String> CERTIFICATES = List.of("x5c", "x5u", "x5t", "x5t#S256");

    KeySet {
        keys = List.copyOf(keys);
    }

    /** Reads a JSON Web Key Set; empty if that is not one. */
    static Optional<KeySet> parse(byte[] json) {
        Optional<Map<String, Object>> object = StrictJson.object(json);
        if (object.isEmpty() || !(object.get().get("keys") instanceof List<?> entries)) {
            return Optional.empty();
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            VerificationKey key = entry instanceof Map<?, ?> members ? key(members) : null;
            if (key != null && keys.size() < MOST_KEYS) {
                keys.add(key);
            }
        }
        return Optional.of(new KeySet(keys));
    }

    /**
     * The keys that may have signed a token, only a few: those of its {@code kid}, then those without one; where the token
     * has none, all that fit.
     */
    List<VerificationKey> candidates(Algorithm algorithm, @Nullable String kid) {
        return keys.stream()
                .filter(key -> key.fits(algorithm))
                .filter(key -> kid == null || key.id() == null || kid.equals(key.id()))
                .sorted(Comparator.comparing(key -> kid != null && key.id() == null))
                .limit(MOST_TRIED)
                .toList();
    }

    /** One key, if it can be used. */
    static @Nullable VerificationKey key(Map<?, ?> members) {
        Map<String, Object> bare = new LinkedHashMap<>();
        members.forEach((name, value) -> bare.put(String.valueOf(name), value));
        CERTIFICATES.forEach(bare::remove);
        try {
            JWK jwk = JWK.parse(bare);
            return isUsable(jwk) ? VerificationKey.of(jwk) : null;
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isUsable(JWK jwk) {
        Set<KeyOperation> operations = jwk.getKeyOperations();
        return !jwk.isPrivate()
                && (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
                && (operations == null || operations.contains(KeyOperation.VERIFY))
                && isStrong(jwk);
    }

    /** RFC 8725, 3.2 and 3.5; the upper bounds keep one verification cheap. */
    private static boolean isStrong(JWK jwk) {
        if (jwk instanceof RSAKey rsa) {
            int modulus = rsa.getModulus().decodeToBigInteger().bitLength();
            int exponent = rsa.getPublicExponent().decodeToBigInteger().bitLength();
            return modulus >= WEAKEST_RSA && modulus <= LONGEST_RSA && exponent > 1 && exponent <= LONGEST_EXPONENT;
        }
        return jwk instanceof ECKey
                || jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519);
    }
}
