package dev.lintel.auth.token;

import dev.lintel.auth.net.StrictJson;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** When a token that is a JWT says that it expires (RFC 7519, 4.1.4). Not verified: it can only shorten a lifetime. */
final class JwtExpiry {
    private static final long LATEST = 253_402_300_799L;

    private JwtExpiry() {}

    static Optional<Instant> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        byte[] claims;
        try {
            claims = Base64.getUrlDecoder().decode(parts[1]);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Map<String, Object> read = StrictJson.object(claims).orElse(Map.of());
        if (!(read.get("exp") instanceof Number seconds)) {
            return Optional.empty();
        }
        long exp = seconds.longValue();
        return exp < 0 || exp > LATEST ? Optional.empty() : Optional.of(Instant.ofEpochSecond(exp));
    }
}
