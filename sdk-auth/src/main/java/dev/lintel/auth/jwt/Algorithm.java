package dev.lintel.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that can be verified, each with the one kind of key that it goes with. None of them uses a
 * shared secret, so a public key can never be mistaken for one.
 */
// Headers and curves of Nimbus are immutable, they only do not say so.
@SuppressWarnings("ImmutableEnumChecker")
enum Algorithm {
    RS256(JWSAlgorithm.RS256, null),
    RS384(JWSAlgorithm.RS384, null),
    RS512(JWSAlgorithm.RS512, null),
    PS256(JWSAlgorithm.PS256, null),
    PS384(JWSAlgorithm.PS384, null),
    PS512(JWSAlgorithm.PS512, null),
    ES256(JWSAlgorithm.ES256, Curve.P_256),
    ES384(JWSAlgorithm.ES384, Curve.P_384),
    ES512(JWSAlgorithm.ES512, Curve.P_521),
    EdDSA(JWSAlgorithm.EdDSA, Curve.Ed25519),
    Ed25519(JWSAlgorithm.Ed25519, Curve.Ed25519);

    private final JWSHeader header;
    private final @Nullable Curve curve;

    Algorithm(JWSAlgorithm name, @Nullable Curve curve) {
        this.header = new JWSHeader(name);
        this.curve = curve;
    }

    /** The algorithm of this exact name. */
    static Optional<Algorithm> named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** A header that says nothing but the algorithm, so that nothing else of a token's own header reaches a verifier. */
    JWSHeader header() {
        return header;
    }

    /** Whether a key is of the kind, and on the curve, that this algorithm goes with. */
    boolean fits(JWK key) {
        if (key.getAlgorithm() != null && !sameFamily(key.getAlgorithm().getName())) {
            return false;
        }
        if (curve == null) {
            return key instanceof RSAKey;
        }
        return key instanceof ECKey ec
                ? curve.equals(ec.getCurve())
                : key instanceof OctetKeyPair pair && curve.equals(pair.getCurve());
    }

    /** EdDSA over Ed25519 has two names (RFC 9864, 2.2); otherwise a key that names its algorithm is for that one only. */
    private boolean sameFamily(String named) {
        return named.equals(name())
                || Curve.Ed25519.equals(curve) && (named.equals("EdDSA") || named.equals("Ed25519"));
    }
}
