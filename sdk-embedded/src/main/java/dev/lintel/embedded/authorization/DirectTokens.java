package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** Makes access tokens that no client asked for, also those that a good server would not issue. */
final class DirectTokens {
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

    private final String issuer;
    private final String audience;
    private final Duration refreshLifetime;
    private final ServerState state;

    DirectTokens(URI issuer, String audience, Duration refreshLifetime, ServerState state) {
        this.refreshLifetime = refreshLifetime;
        this.issuer = issuer.toString();
        this.audience = audience;
        this.state = state;
    }

    Secret refreshToken(String id, String subject, List<String> scopes) {
        Client client = state.clients
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException("no client '" + id + "' is registered"));
        if (!client.grants().contains(GrantTypes.REFRESH_TOKEN)) {
            throw new IllegalArgumentException("client '" + id + "' may not use refresh tokens; name"
                    + " GrantTypes.REFRESH_TOKEN among its grants(…)");
        }
        List<String> audiences = client.audiences().isEmpty() ? List.of(audience) : client.audiences();
        UserGrant grant = new UserGrant(id, subject, scopes, audiences, null, null, null, null, state.clock.instant());
        return Secret.of(state.families.start(
                TokenIds.random(state.random), grant, Binding.NONE, client.refreshTokenLifetime(refreshLifetime)));
    }

    String issue(DirectToken token) {
        Instant now = state.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plusSeconds(token.lifetime().toSeconds());
        Instant begin = end.isAfter(now) ? now : end.minus(BEFORE_ITS_END);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(token.subject())
                .claim("client_id", AccessTokens.NO_CLIENT)
                .audience(token.audiences().isEmpty() ? List.of(audience) : token.audiences())
                .issueTime(Date.from(begin))
                .expirationTime(Date.from(end))
                .jwtID(TokenIds.random(state.random));
        if (!token.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", token.scopes()));
        }
        token.claims().forEach(claims::claim);
        return state.keys.keyForTokenUntil(end).sign(new JOSEObjectType(AccessTokens.TYPE), claims.build());
    }
}
