package dev.lintel.auth.jwt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who has logged out, as a verified logout token says (OpenID Connect Back-Channel Logout 1.0, 2.4).
 *
 * @param id its {@code jti}
 * @param issued when it was made
 * @param subject the user; null if only a session is named
 * @param session the issuer's name for the session; null if all of the user's sessions end
 */
public record LogoutToken(
        String id,
        Instant issued,
        @Nullable String subject,
        @Nullable String session) {
    @Override
    public String toString() {
        return "logout token of " + issued;
    }
}
