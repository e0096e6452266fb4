package dev.lintel.auth.opa.rego;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.core.evaluate.Token;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** An issuer that signs what a test wants. */
final class Tokens {
    private final ECKey key;
    private final Map<Token, String> signed = new HashMap<>();

    Tokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String jwks() {
        return new JWKSet(key).toString();
    }

    ECKey key() {
        return key;
    }

    /** The field that brings such a token; null for none. */
    String authorization(Token token) {
        if (token instanceof Token.None) {
            return null;
        }
        return "Bearer " + signed.computeIfAbsent(token, this::raw);
    }

    private String raw(Token token) {
        if (token instanceof Token.Verified verified) {
            Map<String, Object> claims = new LinkedHashMap<>(verified.claims());
            claims.put("iss", verified.issuer());
            claims.put("sub", verified.subject());
            claims.put("scope", String.join(" ", verified.scopes()));
            claims.put("exp", Instant.now().plusSeconds(3600).getEpochSecond());
            if (!verified.audiences().isEmpty()) {
                claims.put("aud", verified.audiences());
            }
            return sign(claims);
        }
        String good = raw(Token.Verified.of(Models.ISSUER, "alice", "orders", "orders.read", "read"));
        int last = good.lastIndexOf('.') + 5;
        return good.substring(0, last) + (good.charAt(last) == 'A' ? 'B' : 'A') + good.substring(last + 1);
    }

    String sign(Map<String, Object> claims) {
        try {
            JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
            claims.forEach((name, value) -> set.claim(
                    name,
                    name.equals("exp") && value instanceof Long time ? Date.from(Instant.ofEpochSecond(time)) : value));
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID("one")
                            .build(),
                    set.build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
