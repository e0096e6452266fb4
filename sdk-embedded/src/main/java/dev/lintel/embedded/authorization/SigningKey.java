package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
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
import org.jspecify.annotations.Nullable;

/** A key pair that signs. Its {@code kid} is its thumbprint (RFC 7638), so that two keys share one only if told to. */
final class SigningKey {
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final JWSHeader header;
    private final JWSSigner signer;
    private final JWK published;

    private SigningKey(SigningAlgorithm algorithm, JWK pair, JWSSigner signer) {
        this.header = new JWSHeader.Builder(algorithm.jose())
                .type(ACCESS_TOKEN)
                .keyID(pair.getKeyID())
                .build();
        this.signer = signer;
        this.published = pair.toPublicJWK();
    }

    /**
     * A new key.
     *
     * @param algorithm what it signs with
     * @param random where it comes from
     * @param name its {@code kid}; null for its thumbprint
     */
    static SigningKey generate(SigningAlgorithm algorithm, SecureRandom random, @Nullable String name) {
        try {
            switch (algorithm) {
                case RS256 -> {
                    var pair = prepared(new RSAKeyGenerator(2048), algorithm, random, name)
                            .generate();
                    return new SigningKey(algorithm, pair, new RSASSASigner(pair));
                }
                case ES256 -> {
                    ECKey pair = prepared(new ECKeyGenerator(Curve.P_256), algorithm, random, name)
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
            JWKGenerator<T> generator, SigningAlgorithm algorithm, SecureRandom random, @Nullable String name) {
        JWKGenerator<T> ready =
                generator.algorithm(algorithm.jose()).keyUse(KeyUse.SIGNATURE).secureRandom(random);
        return name == null ? ready.keyIDFromThumbprint(true) : ready.keyID(name);
    }

    /** What verifiers are given: the public half. */
    JWK published() {
        return published;
    }

    /** The claims as a signed JWT of type {@code at+jwt}, in compact form. */
    String sign(JWTClaimsSet claims) {
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
        return header.getAlgorithm() + " key " + header.getKeyID();
    }
}
