package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/** Verifies tokens as a resource server does: with the keys that the server publishes at this moment (RFC 9068, 4). */
final class Verifier {
    private final Caller caller;
    private final AuthorizationServer server;
    private final SigningAlgorithm algorithm;
    private final InstantSource clock;

    Verifier(AuthorizationServer server, SigningAlgorithm algorithm, InstantSource clock) {
        this.caller = new Caller(server);
        this.server = server;
        this.algorithm = algorithm;
        this.clock = clock;
    }

    JWTClaimsSet verify(String token, String audience) throws BadJOSEException {
        try {
            JWKSet keys = JWKSet.parse(caller.get("/jwks").body());
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    JWSAlgorithm.parse(algorithm.name()), new ImmutableJWKSet<>(keys)));
            processor.setJWTClaimsSetVerifier(claims(audience));
            return processor.process(token, null);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private DefaultJWTClaimsVerifier<SecurityContext> claims(String audience) {
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder()
                                .issuer(server.issuer().toString())
                                .build(),
                        Set.of("sub", "client_id", "exp", "iat", "jti")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(0);
        return claims;
    }
}
