package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody with a key who signs assertions and proofs, good ones and others. */
final class Signer {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final JWK key;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;

    private Signer(JWK key, JWSAlgorithm algorithm, JWSSigner signer) {
        this.key = key;
        this.algorithm = algorithm;
        this.signer = signer;
    }

    static Signer es256() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
            return new Signer(key, JWSAlgorithm.ES256, new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signer rs256(int bits) {
        try {
            RSAKey key = new RSAKeyGenerator(bits, true).keyID("k1").generate();
            return new Signer(
                    key,
                    JWSAlgorithm.RS256,
                    new RSASSASigner(key.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims of a good assertion, with these in addition or instead; null leaves one out. */
    static Map<String, Object> assertion(String issuer, String subject, Object audience, Instant now, Object... more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 60);
        claims.put("jti", "id-" + COUNT.incrementAndGet());
        return with(claims, more);
    }

    /** A good proof for a request, with these claims in addition or instead; null leaves one out. */
    String proof(String method, Object uri, Instant now, Object... more) {
        return sign("dpop+jwt", true, proofClaims(method, uri, now, more));
    }

    static Map<String, Object> proofClaims(String method, Object uri, Instant now, Object... more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("htm", method);
        claims.put("htu", uri.toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("jti", "id-" + COUNT.incrementAndGet());
        return with(claims, more);
    }

    String sign(String type, Map<String, Object> claims) {
        return sign(type, false, claims);
    }

    String sign(String type, boolean withKey, Map<String, Object> claims) {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        if (withKey) {
            header.jwk(key.toPublicJWK());
        } else {
            header.keyID("k1");
        }
        try {
            SignedJWT jwt = new SignedJWT(header.build(), JWTClaimsSet.parse(claims));
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(Map<String, Object> claims, Object... more) {
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] == null) {
                claims.remove(String.valueOf(more[i]));
            } else {
                claims.put(String.valueOf(more[i]), more[i + 1]);
            }
        }
        return claims;
    }
}
