package dev.lintel.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/** A public key that verifies signatures; equal to the same key under the same name. */
final class VerificationKey {
    private final JWK jwk;
    private final Check check;

    private VerificationKey(JWK jwk, Check check) {
        this.jwk = jwk;
        this.check = check;
    }

    /** Verifies with one key. */
    private interface Check {
        boolean verify(Algorithm algorithm, byte[] signed, byte[] signature)
                throws JOSEException, GeneralSecurityException;
    }

    /**
     * Prepares a key.
     *
     * @param jwk a public key of a kind that some {@link Algorithm} goes with
     * @throws JOSEException if its point is not on its curve
     * @throws GeneralSecurityException if the JVM does not know its kind
     */
    static VerificationKey of(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return new VerificationKey(jwk, by(new RSASSAVerifier(rsa.toRSAPublicKey())));
        }
        if (jwk instanceof ECKey ec) {
            return new VerificationKey(jwk, by(new ECDSAVerifier(ec.toECPublicKey())));
        }
        PublicKey key = ed25519(((OctetKeyPair) jwk).getDecodedX());
        return new VerificationKey(jwk, (algorithm, signed, signature) -> {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        });
    }

    /** Its {@code kid}, null if it has none. */
    @Nullable
    String id() {
        return jwk.getKeyID();
    }

    /** Its thumbprint (RFC 7638), SHA-256. */
    String thumbprint() throws JOSEException {
        return jwk.computeThumbprint().toString();
    }

    boolean fits(Algorithm algorithm) {
        return algorithm.fits(jwk);
    }

    /** Whether a signature is this key's; false for one that cannot even be read. */
    boolean verifies(Algorithm algorithm, byte[] signed, byte[] signature) {
        try {
            return check.verify(algorithm, signed, signature);
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    private static Check by(JWSVerifier verifier) {
        return (algorithm, signed, signature) ->
                verifier.verify(algorithm.header(), signed, Base64URL.encode(signature));
    }

    /** RFC 8032, 5.1.2: 255 bits of y, little-endian, and the lowest bit of x in the highest bit of the last byte. */
    private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
        if (x.length != 32) {
            throw new GeneralSecurityException("an Ed25519 key must have 32 bytes");
        }
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = x[31 - i];
        }
        boolean odd = big[0] < 0;
        big[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey key && jwk.equals(key.jwk);
    }

    @Override
    public int hashCode() {
        return jwk.hashCode();
    }

    /** The key's name and kind, not the key. */
    @Override
    public String toString() {
        return jwk.getKeyType() + " key '" + jwk.getKeyID() + "'";
    }
}
