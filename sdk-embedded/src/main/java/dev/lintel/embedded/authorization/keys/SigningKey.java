package dev.lintel.embedded.authorization.keys;

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
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs. Its {@code kid} is its thumbprint (RFC 7638), so that two keys never share one, unless that is
 * asked for.
 */
public final class SigningKey {
    private static final int RSA_BITS = 2048;

    private final JWSAlgorithm algorithm;
    private final JWK pair;
    private final JWSSigner signer;

    private SigningKey(JWK pair) throws JOSEException {
        if (pair.getKeyID() == null || !pair.isPrivate() || pair.getAlgorithm() == null) {
            throw new JOSEException("not a named private key for signatures");
        }
        this.algorithm = JWSAlgorithm.parse(pair.getAlgorithm().getName());
        this.pair = pair;
        this.signer = signer(pair);
    }

    /**
     * Makes a key.
     *
     * @param algorithm RS256, ES256 or EdDSA
     * @param random where it comes from
     * @param kid its name; null for its thumbprint
     * @return a new key
     */
    public static SigningKey generate(JWSAlgorithm algorithm, SecureRandom random, @Nullable String kid) {
        try {
            return new SigningKey(named(pair(algorithm, random), algorithm, kid));
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make a key for " + algorithm, e);
        }
    }

    /**
     * A key that was written down.
     *
     * @param members a private JSON Web Key
     * @return the key
     * @throws IllegalArgumentException if it is not one; the message does not quote it
     */
    public static SigningKey restore(Map<String, Object> members) {
        try {
            return new SigningKey(JWK.parse(members));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // What went wrong could quote the key.
            throw new IllegalArgumentException("not a private signing key");
        }
    }

    /** Its name in headers and key sets. */
    public String id() {
        return pair.getKeyID();
    }

    /** How it signs. */
    public JWSAlgorithm algorithm() {
        return algorithm;
    }

    /** What verifiers are given: the public half. */
    public JWK published() {
        return pair.toPublicJWK();
    }

    /** Both halves, to be written down where nobody else reads. */
    public Map<String, Object> secretForm() {
        return pair.toJSONObject();
    }

    /**
     * The claims as a signed JWT in compact form.
     *
     * @param type its {@code typ}, for example {@code at+jwt}
     * @param claims what it says
     */
    public String sign(JOSEObjectType type, JWTClaimsSet claims) {
        JWSHeader header =
                new JWSHeader.Builder(algorithm).type(type).keyID(id()).build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with " + this, e);
        }
        return token.serialize();
    }

    private static JWK pair(JWSAlgorithm algorithm, SecureRandom random)
            throws JOSEException, GeneralSecurityException {
        return switch (algorithm.getName()) {
            case "RS256" -> new RSAKeyGenerator(RSA_BITS).secureRandom(random).generate();
            case "ES256" -> new ECKeyGenerator(Curve.P_256).secureRandom(random).generate();
            case "EdDSA" -> Ed25519.generate(random);
            default -> throw new JOSEException("unknown algorithm");
        };
    }

    private static JWK named(JWK pair, JWSAlgorithm algorithm, @Nullable String kid) throws JOSEException {
        String name = kid == null ? pair.computeThumbprint().toString() : kid;
        if (pair instanceof RSAKey rsa) {
            return new RSAKey.Builder(rsa)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm)
                    .keyID(name)
                    .build();
        }
        if (pair instanceof ECKey ec) {
            return new ECKey.Builder(ec)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm)
                    .keyID(name)
                    .build();
        }
        return new OctetKeyPair.Builder((OctetKeyPair) pair)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyID(name)
                .build();
    }

    private static JWSSigner signer(JWK pair) throws JOSEException {
        if (pair instanceof RSAKey rsa) {
            return new RSASSASigner(rsa);
        }
        if (pair instanceof ECKey ec) {
            return new ECDSASigner(ec);
        }
        return new EdSigner((OctetKeyPair) pair);
    }

    @Override
    public String toString() {
        return algorithm + " key " + id();
    }
}
