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

/** Makes access tokens: JWTs after RFC 9068. */
final class AccessTokens {
    private static final int ID_BYTES = 16;

    private final String issuer;
    private final Duration lifetime;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SecureRandom random;

    AccessTokens(URI issuer, Duration lifetime, KeyRing keys, InstantSource clock, SecureRandom random) {
        this.issuer = issuer.toString();
        this.lifetime = lifetime;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** A token, good from this second on. */
    String issue(String subject, String client, List<String> audiences, List<String> scopes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(lifetime);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .claim("client_id", client)
                .audience(audiences)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .jwtID(identifier());
        if (!scopes.isEmpty()) {
            claims.claim("scope", String.join(" ", scopes));
        }
        return keys.keyForTokenUntil(end).sign(claims.build());
    }

    private String identifier() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
