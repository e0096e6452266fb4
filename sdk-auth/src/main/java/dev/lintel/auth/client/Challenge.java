package dev.lintel.auth.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a resource asks for in a header {@code WWW-Authenticate} (RFC 9110, 11.6.1): a scheme and what belongs to it. Read
 * strictly: of a header that breaks the grammar nothing is believed. Its values come from the other side; they are not for
 * pages and queries without escaping.
 *
 * @param scheme in small letters, such as {@code bearer}
 * @param parameters their names in small letters, in their order
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern ERROR = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");
    private static final Pattern WORDS =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** Keeps the map unchangeable and in its order. */
    public Challenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads all challenges of an answer.
     *
     * @param headers the values of its headers {@code WWW-Authenticate}
     * @return in their order; empty if there are none, or if a header breaks the grammar, says something twice or has more
     *     than 4096 characters
     */
    public static List<Challenge> read(List<String> headers) {
        return ChallengeReader.read(headers);
    }

    /** Whether it is about tokens (RFC 6750, 3; RFC 9449, 7.1). */
    boolean forTokens() {
        return scheme.equals("bearer") || scheme.equals("dpop");
    }

    /**
     * The error code.
     *
     * @return such as {@code invalid_token}; empty if there is none
     */
    public Optional<String> error() {
        return Optional.ofNullable(parameters.get("error"))
                .filter(error -> ERROR.matcher(error).matches());
    }

    /**
     * The scopes that a token must have (RFC 6750, 3).
     *
     * @return empty if it does not say
     */
    public List<String> scopes() {
        return words("scope");
    }

    /**
     * How a user must have been authenticated (RFC 9470, 3).
     *
     * @return the {@code acr_values}; empty if it does not say
     */
    public List<String> contexts() {
        return words("acr_values");
    }

    /**
     * How long ago a user may have been authenticated (RFC 9470, 3).
     *
     * @return empty if it does not say
     */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(parameters.get("max_age"))
                .filter(age -> SECONDS.matcher(age).matches())
                .map(age -> Duration.ofSeconds(Long.parseLong(age)));
    }

    private List<String> words(String name) {
        String value = parameters.get(name);
        return value == null || !WORDS.matcher(value).matches() ? List.of() : List.of(value.split(" "));
    }
}
