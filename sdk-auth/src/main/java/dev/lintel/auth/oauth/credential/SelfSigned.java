package dev.lintel.auth.oauth.credential;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An assertion that a service signs itself, for the JWT bearer grant (RFC 7523, 2.1): new for each request, good for a
 * minute.
 *
 * @param key what signs
 * @param issuer who signs, as the server knows it
 * @param subject for whom a token is asked
 * @param audience the server, usually by its issuer
 * @param more other claims
 * @param clock what time it is
 * @param random for the {@code jti}
 */
public record SelfSigned(
        SigningKey key,
        String issuer,
        String subject,
        String audience,
        Map<String, Object> more,
        InstantSource clock,
        RandomGenerator random)
        implements AssertionSource {
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Keeps the order of the claims. */
    public SelfSigned {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    @Override
    public Secret assertion() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("jti", Randoms.text(random, 16));
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        claims.putAll(more);
        return key.sign(Map.of("typ", "JWT"), claims);
    }
}
