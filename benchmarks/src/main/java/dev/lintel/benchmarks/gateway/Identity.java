package dev.lintel.benchmarks.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** An issuer that lives for one run: an RSA key, the documents that publish it, and a token. */
final class Identity {
    static final String AUDIENCE = "orders";
    static final String SCOPE = "orders.read";
    private static final Duration LIFE = Duration.ofHours(12);

    private final String issuer;
    private final RSAKey key;

    Identity(String issuer) throws JOSEException {
        this.issuer = issuer;
        this.key = new RSAKeyGenerator(2048)
                .keyID("run")
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
    }

    String issuer() {
        return issuer;
    }

    String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String discovery() {
        return """
                {"issuer":"%s","jwks_uri":"%s/jwks","token_endpoint":"%s/token",\
                "authorization_endpoint":"%s/authorize","response_types_supported":["code"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer, issuer, issuer, issuer);
    }

    /** A token with nine claims, as issuers of our time give them out (RFC 9068). */
    String token(String scope) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("shop-frontend")
                        .audience(AUDIENCE)
                        .claim("client_id", "shop-frontend")
                        .claim("scope", scope)
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
