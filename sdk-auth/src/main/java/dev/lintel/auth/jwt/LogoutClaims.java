package dev.lintel.auth.jwt;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and checks the claims of logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6). */
final class LogoutClaims {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final long SKEW = 30_000;
    private static final long OLDEST = 300_000;
    private static final int LONGEST = 255;

    private LogoutClaims() {}

    static LogoutToken read(Map<String, Object> claims, String issuer, String clientId, long now) throws RefusedToken {
        if (!issuer.equals(AccessClaims.issuer(claims))) {
            throw RefusedToken.forever("the token is of another issuer");
        }
        if (!AccessClaims.list(claims, "aud").contains(clientId)) {
            throw RefusedToken.forever("the token is for another client");
        }
        Long issued = AccessClaims.time(claims, "iat");
        if (issued == null || issued > now + SKEW || issued < now - OLDEST) {
            throw RefusedToken.forever("the token was not made just now");
        }
        Long end = AccessClaims.time(claims, "exp");
        if (end != null && end < now - SKEW) {
            throw RefusedToken.forever("the token has expired");
        }
        if (!(claims.get("events") instanceof Map<?, ?> events) || !(events.get(EVENT) instanceof Map<?, ?>)) {
            throw RefusedToken.forever("the token does not say that somebody has logged out");
        }
        if (claims.containsKey("nonce")) {
            throw RefusedToken.forever("the token has a nonce, as only an ID token may");
        }
        String id = text(claims, "jti");
        String subject = text(claims, "sub");
        String session = text(claims, "sid");
        if (id == null || subject == null && session == null) {
            throw RefusedToken.forever("the token has no jti, or neither sub nor sid");
        }
        return new LogoutToken(id, Instant.ofEpochMilli(issued), subject, session);
    }

    private static @Nullable String text(Map<String, Object> claims, String name) throws RefusedToken {
        String value = AccessClaims.text(claims, name);
        if (value != null && (value.isEmpty() || value.length() > LONGEST)) {
            throw RefusedToken.forever("the token's " + name + " is empty or too long");
        }
        return value;
    }
}
