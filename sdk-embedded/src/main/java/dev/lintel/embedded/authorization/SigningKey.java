package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;

/** A key pair that signs. Its {@code kid} is its thumbprint (RFC 7638), so that two keys never share one. */
final class SigningKey {
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;
    private final JWK published;

    private SigningKey(SigningAlgorithm algorithm, JWK pair, JWSSigner signer) {
        this.algorithm = algorithm.jose();
        this.signer = signer;
        this.published = pair.toPublicJWK();
    }

    static SigningKey generate(SigningAlgorithm algorithm, SecureRandom random) {
        try {
            switch (algorithm) {
                case RS256 -> {
                    var pair = prepared(new RSAKeyGenerator(2048), algorithm, random)
                            .generate();
                    return new SigningKey(algorithm, pair, new RSASSASigner(pair));
                }
                case ES256 -> {
                    ECKey pair = prepared(new ECKeyGenerator(Curve.P_256), algorithm, random)
                            .generate();
                    return new SigningKey(algorithm, pair, new ECDSASigner(pair));
                }
            }
            throw new IllegalArgumentException("no key can be made for " + algorithm);
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot make a key for " + algorithm, e);
        }
    }

    private static <T extends JWK> JWKGenerator<T> prepared(
            JWKGenerator<T> generator, SigningAlgorithm algorithm, SecureRandom random) {
        return generator
                .algorithm(algorithm.jose())
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint(true)
                .secureRandom(random);
    }

    /** What verifiers are given: the public half. */
    JWK published() {
        return published;
    }

    /** The claims as a signed JWT of type {@code at+jwt}, in compact form. */
    String sign(JWTClaimsSet claims) {
        return sign(ACCESS_TOKEN, claims);
    }

    /** The claims as a signed JWT of some type, in compact form. */
    String sign(JOSEObjectType type, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(type)
                .keyID(published.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with " + this, e);
        }
        return token.serialize();
    }

    @Override
    public String toString() {
        return algorithm + " key " + published.getKeyID();
    }
}
