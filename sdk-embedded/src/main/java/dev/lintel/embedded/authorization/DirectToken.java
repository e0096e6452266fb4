package dev.lintel.embedded.authorization;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an access token says that no client asked for, as a test needs it. Each wither answers another one.
 *
 * @param subject its {@code sub}
 * @param audiences its {@code aud}; empty for the server's default audience
 * @param scopes its scopes; none means no {@code scope} claim
 * @param claims what else it says, in this order, in place of what the server would say under the same names
 * @param lifetime how long it is good, in whole seconds up to a day either way; negative for one that ended so long ago
 */
public record DirectToken(
        String subject, List<String> audiences, List<String> scopes, Map<String, Object> claims, Duration lifetime) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Keeps the order of claims and checks the lifetime. */
    public DirectToken {
        Objects.requireNonNull(subject, "subject");
        audiences = List.copyOf(audiences);
        scopes = List.copyOf(scopes);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        if (lifetime.abs().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a token's lifetime must be a day at most, either way, but was " + lifetime);
        }
    }

    /**
     * A token of a user, for the server's default audience, good for five minutes.
     *
     * @param subject its {@code sub}
     * @return without scopes
     */
    public static DirectToken of(String subject) {
        return new DirectToken(subject, List.of(), List.of(), Map.of(), Duration.ofMinutes(5));
    }

    /**
     * The same of another user.
     *
     * @param other its {@code sub}
     * @return a new one
     */
    public DirectToken subject(String other) {
        return new DirectToken(other, audiences, scopes, claims, lifetime);
    }

    /**
     * The same for others.
     *
     * @param others whom it is for; none for the server's default audience
     * @return a new one
     */
    public DirectToken audiences(String... others) {
        return new DirectToken(subject, List.of(others), scopes, claims, lifetime);
    }

    /**
     * The same with other scopes.
     *
     * @param others in place of those before
     * @return a new one
     */
    public DirectToken scopes(String... others) {
        return new DirectToken(subject, audiences, List.of(others), claims, lifetime);
    }

    /**
     * The same with one more claim.
     *
     * @param name for example {@code tenant}
     * @param value text, a number, a boolean, or a list or map of those
     * @return a new one
     */
    public DirectToken claim(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(name, value);
        return new DirectToken(subject, audiences, scopes, more, lifetime);
    }

    /**
     * The same with another lifetime.
     *
     * @param other negative for one that ended so long ago
     * @return a new one
     */
    public DirectToken lifetime(Duration other) {
        return new DirectToken(subject, audiences, scopes, claims, other);
    }
}
