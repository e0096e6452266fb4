package dev.lintel.embedded.authorization;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** Makes access tokens that no client asked for, also those that a good server would not issue. */
final class DirectTokens {
    /** The {@code client_id} of tokens that no client asked for. */
    private static final String NO_CLIENT = "direct";

    private static final int ID_BYTES = 16;
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

    private final String issuer;
    private final String audience;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SecureRandom random;

    DirectTokens(URI issuer, String audience, KeyRing keys, InstantSource clock, SecureRandom random) {
        this.issuer = issuer.toString();
        this.audience = audience;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    String issue(DirectToken token) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plusSeconds(token.lifetime().toSeconds());
        Instant begin = end.isAfter(now) ? now : end.minus(BEFORE_ITS_END);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(token.subject())
                .claim("client_id", NO_CLIENT)
                .audience(token.audiences().isEmpty() ? List.of(audience) : token.audiences())
                .issueTime(Date.from(begin))
                .expirationTime(Date.from(end))
                .jwtID(identifier());
        if (!token.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", token.scopes()));
        }
        token.claims().forEach(claims::claim);
        return keys.keyForTokenUntil(end).sign(claims.build());
    }

    private String identifier() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
