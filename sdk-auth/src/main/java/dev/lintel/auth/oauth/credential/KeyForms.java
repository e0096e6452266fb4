package dev.lintel.auth.oauth.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys from one form into the other: those of the JVM, and JSON Web Keys (RFC 7517). */
final class KeyForms {
    private static final int WEAKEST_RSA = 2048;

    private KeyForms() {}

    static KeyPair generate(SigningAlgorithm algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = switch (algorithm) {
            case ES256, ES384 -> KeyPairGenerator.getInstance("EC");
            case EdDSA -> KeyPairGenerator.getInstance("Ed25519");
            case RS256, PS256 -> KeyPairGenerator.getInstance("RSA");
        };
        switch (algorithm) {
            case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case EdDSA -> generator.initialize(NamedParameterSpec.ED25519);
            case RS256, PS256 -> generator.initialize(WEAKEST_RSA);
        }
        return generator.generateKeyPair();
    }

    static PrivateKey privateKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof ECKey ec) {
            return ec.toPrivateKey();
        }
        if (jwk instanceof RSAKey rsa) {
            return rsa.toPrivateKey();
        }
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(
                        new EdECPrivateKeySpec(NamedParameterSpec.ED25519, ((OctetKeyPair) jwk).getDecodedD()));
    }

    static JWK jwk(KeyPair pair, @Nullable String keyId) {
        if (pair.getPublic() instanceof ECPublicKey ec) {
            return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                    .privateKey(pair.getPrivate())
                    .keyID(keyId)
                    .build();
        }
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa)
                    .privateKey(pair.getPrivate())
                    .keyID(keyId)
                    .build();
        }
        if (pair.getPrivate() instanceof EdECPrivateKey edwards
                && edwards.getBytes().isPresent()) {
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                    .d(Base64URL.encode(edwards.getBytes().get()))
                    .keyID(keyId)
                    .build();
        }
        throw new IllegalArgumentException("a signing key must be of EC, RSA or Ed25519");
    }

    /** Whether a key is of the kind, the curve and the strength that an algorithm goes with. */
    static boolean fits(JWK jwk, SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
            case ES384 -> jwk instanceof ECKey ec && Curve.P_384.equals(ec.getCurve());
            case EdDSA -> jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve());
            case RS256, PS256 ->
                jwk instanceof RSAKey rsa
                        && rsa.getModulus().decodeToBigInteger().bitLength() >= WEAKEST_RSA;
        };
    }

    /** The algorithm that a key names, or else the usual one of its kind. */
    static SigningAlgorithm algorithm(JWK jwk) {
        String named = jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm().getName();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            boolean meant = named.isEmpty()
                    || named.equals(algorithm.name())
                    || named.equals("Ed25519") && algorithm == SigningAlgorithm.EdDSA;
            if (meant && fits(jwk, algorithm)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("a signing key must be for ES256, ES384, EdDSA (Ed25519), RS256 or PS256, an"
                + " RSA key of at least 2048 bits, but was of type " + jwk.getKeyType());
    }
}
