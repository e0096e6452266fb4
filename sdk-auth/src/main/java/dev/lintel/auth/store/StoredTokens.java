package dev.lintel.auth.store;

import dev.lintel.auth.token.FetchedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a store holds: the last token, the refresh token that gets the next one, and how far its last use
 * came. Prints without any token.
 *
 * @param token what was answered last; its {@link FetchedToken#refreshToken()} is the one to use next, null if there is
 *     none
 * @param attempt the last use of a refresh token; null if there was none
 */
public record StoredTokens(FetchedToken token, @Nullable Attempt attempt) {
    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Checks that there is a token. */
    public StoredTokens {
        Objects.requireNonNull(token, "token");
    }

    /**
     * What a login brought.
     *
     * @param token what was answered
     * @return what to store
     */
    public static StoredTokens of(FetchedToken token) {
        return new StoredTokens(token, null);
    }

    /**
     * Whether the access token is still good enough to be served without a request: until 10 seconds before it expires,
     * or a quarter of its lifetime where that is less; for 5 minutes if the server did not say; not at all if it was asked
     * for in the future, which tells that a clock is wrong.
     *
     * @param now by this machine's clock
     * @return true if it is
     */
    public boolean usable(Instant now) {
        Duration said = token.lifetime();
        Duration lifetime = said == null ? UNSAID : said;
        Duration quarter = lifetime.dividedBy(4);
        Duration good = lifetime.minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN);
        return !token.asked().isAfter(now.plus(SKEW))
                && now.isBefore(token.asked().plus(good));
    }

    /** The answer to a refresh, which keeps what it does not replace (RFC 6749, 6). */
    StoredTokens refreshed(FetchedToken answer, Attempt committed) {
        FetchedToken merged = new FetchedToken(
                answer.value(),
                answer.type(),
                answer.requested().isEmpty() ? token.requested() : answer.requested(),
                answer.granted().isEmpty() ? carriedOn(answer.requested()) : answer.granted(),
                answer.asked(),
                answer.lifetime(),
                answer.refreshToken() == null ? token.refreshToken() : answer.refreshToken(),
                answer.idToken() == null ? token.idToken() : answer.idToken());
        return new StoredTokens(merged, committed);
    }

    /**
     * What was granted before, of which a refresh can ask for a part, but for no more. An answer that grants nothing, in so
     * many words, cannot be told from one that is silent, and is taken for that.
     */
    private List<String> carriedOn(List<String> requested) {
        return requested.isEmpty()
                ? token.granted()
                : token.granted().stream().filter(requested::contains).toList();
    }

    StoredTokens with(@Nullable Attempt next) {
        return new StoredTokens(token, next);
    }

    StoredTokens withoutRefreshToken() {
        FetchedToken rest = new FetchedToken(
                token.value(),
                token.type(),
                token.requested(),
                token.granted(),
                token.asked(),
                token.lifetime(),
                null,
                token.idToken());
        return new StoredTokens(rest, null);
    }
}
