package dev.lintel.embedded.authorization;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How users meet an authorization server; a value, each method answers a new one.
 *
 * <p>Unless said otherwise: a login lasts eight hours, clients may send users with their whole request in the address, and
 * passwords are hashed in 210,000 rounds.
 */
public final class LoginSettings {
    private static final LoginSettings DEFAULTS =
            new LoginSettings(Duration.ofHours(8), false, 210_000, new LinkedHashMap<>());
    private static final Duration LONGEST_SESSION = Duration.ofDays(30);
    private static final int LEAST_ROUNDS = 1_000;
    private static final int MOST_ROUNDS = 10_000_000;

    final Duration sessionLifetime;
    final boolean pushedOnly;
    final int passwordRounds;
    final Map<String, String> descriptions;

    private LoginSettings(
            Duration sessionLifetime, boolean pushedOnly, int passwordRounds, Map<String, String> descriptions) {
        this.sessionLifetime = sessionLifetime;
        this.pushedOnly = pushedOnly;
        this.passwordRounds = passwordRounds;
        this.descriptions = Collections.unmodifiableMap(descriptions);
    }

    /**
     * The settings that hold unless something else is said.
     *
     * @return see the class
     */
    public static LoginSettings defaults() {
        return DEFAULTS;
    }

    /**
     * How long a browser stays logged in.
     *
     * @param lifetime 1 second to 30 days
     * @return new settings
     */
    public LoginSettings sessionLifetime(Duration lifetime) {
        return new LoginSettings(
                Lifetimes.within("a login's lifetime", lifetime, Lifetimes.SECOND, LONGEST_SESSION),
                pushedOnly,
                passwordRounds,
                descriptions);
    }

    /**
     * Clients must push their requests (RFC 9126, 5): nothing that a user's browser carries is believed.
     *
     * @return new settings
     */
    public LoginSettings pushedRequestsOnly() {
        return new LoginSettings(sessionLifetime, true, passwordRounds, descriptions);
    }

    /**
     * How slowly passwords are hashed. Few rounds make tests faster, and passwords that leak easier to guess.
     *
     * @param rounds of PBKDF2 with HMAC-SHA-512, 1,000 to 10,000,000
     * @return new settings
     */
    public LoginSettings passwordRounds(int rounds) {
        if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "rounds of a password hash must be " + LEAST_ROUNDS + " to " + MOST_ROUNDS + ", but was " + rounds);
        }
        return new LoginSettings(sessionLifetime, pushedOnly, rounds, descriptions);
    }

    /**
     * What users are told that a scope means, where they are asked to allow it; the scope alone unless said.
     *
     * @param scope for example {@code orders.read}
     * @param description for example {@code See your orders}
     * @return new settings
     */
    public LoginSettings describe(String scope, String description) {
        if (!Scopes.isToken(scope)) {
            throw new IllegalArgumentException("a scope must be printable ASCII without spaces, quotes and backslashes,"
                    + " but was '" + scope + "'");
        }
        Map<String, String> more = new LinkedHashMap<>(descriptions);
        more.put(scope, description);
        return new LoginSettings(sessionLifetime, pushedOnly, passwordRounds, more);
    }
}
