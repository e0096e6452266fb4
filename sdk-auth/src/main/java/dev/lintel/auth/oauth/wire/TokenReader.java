package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token endpoint answers (RFC 6749, 5.1). A lifetime must be a whole number of seconds, at least 1; more than
 * a day counts as a day; none at all is left to the caller.
 */
public final class TokenReader {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final String VISIBLE = "must be a string of visible ASCII characters (RFC 6749, A)";

    private TokenReader() {}

    /**
     * Reads a token.
     *
     * @param exchange who asked
     * @param answer a successful answer
     * @param requested the scopes that were asked for
     * @param oneUse whether what was sent is good for one use
     * @return the token
     * @throws TokenFetchException if there is none that can be used
     */
    public static FetchedToken read(Exchange exchange, Answer answer, List<String> requested, boolean oneUse)
            throws TokenFetchException {
        return read(exchange, answer, requested, requested, oneUse);
    }

    /**
     * Reads the answer to a refresh. A scope that is not said is what the login was granted (RFC 6749, 6), which may be less
     * than what is asked for now, and is not known here: then {@link FetchedToken#granted()} is empty, for whoever keeps the
     * login's token to fill in.
     *
     * @param exchange who asked
     * @param answer a successful answer
     * @param requested the scopes that were asked for
     * @return the token
     * @throws TokenFetchException if there is none that can be used
     */
    public static FetchedToken refreshed(Exchange exchange, Answer answer, List<String> requested)
            throws TokenFetchException {
        return read(exchange, answer, requested, List.of(), true);
    }

    private static FetchedToken read(
            Exchange exchange, Answer answer, List<String> requested, List<String> unsaid, boolean oneUse)
            throws TokenFetchException {
        try {
            Members members = answer.members();
            Secret value = members.token("access_token", VISIBLE);
            if (value == null) {
                throw members.bad("access_token", VISIBLE);
            }
            TokenType type = type(exchange, answer, members, oneUse);
            List<String> granted = members.scopes("scope");
            return new FetchedToken(
                    value,
                    type,
                    requested,
                    granted == null ? unsaid : granted,
                    answer.asked(),
                    lifetime(exchange, members, value),
                    members.token("refresh_token", VISIBLE),
                    members.token("id_token", VISIBLE));
        } catch (FetchException e) {
            throw Failures.of(e, oneUse);
        }
    }

    private static TokenType type(Exchange exchange, Answer answer, Members members, boolean oneUse)
            throws FetchException, TokenFetchException {
        String must = "must be 'Bearer' or 'DPoP'; a token of another type must not be used (RFC 6749, 7.1)";
        String name = members.text("token_type", must);
        if (name == null) {
            throw members.bad("token_type", must);
        }
        Optional<TokenType> type = TokenType.named(name);
        if (type.isEmpty()) {
            throw Failures.unusable(members.bad("token_type", must), oneUse);
        }
        boolean bound = exchange.dpop() != null;
        if (bound && type.get() == TokenType.BEARER) {
            throw Failures.unusable(
                    FetchException.of(
                            answer.where(),
                            "answered with a token of the type Bearer, which anybody can use, although the"
                                    + " request proved a key; let the server bind tokens of this client (RFC 9449, 5)"),
                    oneUse);
        }
        if (!bound && type.get() == TokenType.DPOP) {
            throw Failures.unusable(
                    FetchException.of(
                            answer.where(),
                            "answered with a token of the type DPoP, but this client has no key to prove; give it one"
                                    + " with withDPoP"),
                    oneUse);
        }
        return type.get();
    }

    private static @Nullable Duration lifetime(Exchange exchange, Members members, Secret value) throws FetchException {
        Long seconds = members.seconds("expires_in", "must be a whole number of seconds, at least 1 (RFC 6749, 5.1)");
        Duration said = seconds == null ? null : Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        if (!exchange.connection().settings().readTokenExpiry()) {
            return said;
        }
        Duration left = left(exchange, value);
        if (left == null) {
            return said;
        }
        if (left.isNegative() || left.isZero()) {
            throw members.bad("access_token", "must not have expired already by its own 'exp'");
        }
        return said == null || left.compareTo(said) < 0 ? left : said;
    }

    /** How long a token is good by its own words, if it is a JWT; at most a day. */
    private static @Nullable Duration left(Exchange exchange, Secret value) {
        String[] parts = value.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            Map<String, Object> claims =
                    StrictJson.object(Base64.getUrlDecoder().decode(parts[1])).orElse(Map.of());
            if (!(claims.get("exp") instanceof Number expires)) {
                return null;
            }
            double most = LONGEST.toSeconds();
            double left = expires.doubleValue()
                    - exchange.connection().serverClock().instant().getEpochSecond();
            return Duration.ofSeconds(Math.round(Math.max(-most, Math.min(left, most))));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
