package dev.lintel.auth.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Keys made once for all tests, and tokens signed with them byte by byte, so that they can be wrong in any way. */
public final class TestKeys {
    public static final RSAKey RSA = rsa("rsa-1");
    public static final RSAKey OTHER_RSA = rsa("rsa-2");
    public static final ECKey EC = ec("ec-1", Curve.P_256);
    public static final ECKey EC384 = ec("ec-384", Curve.P_384);
    private static final KeyPair EDWARDS = edwards();
    public static final OctetKeyPair ED = octets();

    private TestKeys() {}

    public static String jwks(JWK... keys) {
        return Arrays.stream(keys)
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** Signs header and claims as they are given. */
    public static String sign(JWK key, String algorithm, String header, String claims) {
        String signed = encode(header) + "." + encode(claims);
        return signed + "." + signature(key, algorithm, signed.getBytes(StandardCharsets.US_ASCII));
    }

    public static String encode(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String signature(JWK key, String algorithm, byte[] signed) {
        try {
            if (key instanceof OctetKeyPair) {
                Signature signer = Signature.getInstance("Ed25519");
                PrivateKey secret = EDWARDS.getPrivate();
                signer.initSign(secret);
                signer.update(signed);
                return Base64URL.encode(signer.sign()).toString();
            }
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
            return signer.sign(new JWSHeader(JWSAlgorithm.parse(algorithm)), signed)
                    .toString();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static RSAKey rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec(String kid, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair edwards() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static OctetKeyPair octets() {
        byte[] encoded = ((EdECPublicKey) EDWARDS.getPublic()).getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .keyID("ed-1")
                .build();
    }
}
