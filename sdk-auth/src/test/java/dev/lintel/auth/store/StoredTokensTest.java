package dev.lintel.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static FetchedToken token(
            String value, Instant asked, List<String> requested, List<String> granted, @Nullable Secret refreshToken) {
        return new FetchedToken(
                Secret.of(value),
                TokenType.BEARER,
                requested,
                granted,
                asked,
                Duration.ofMinutes(10),
                refreshToken,
                null);
    }

    private static FetchedToken refreshed(List<String> scopes) throws TokenFetchException {
        return refreshed(List.of(), scopes);
    }

    private static FetchedToken refreshed(List<String> requested, List<String> scopes) throws TokenFetchException {
        RotatingTokens tokens = RotatingTokens.of(
                "alice@shop",
                new MemoryTokenStore(() -> NOW),
                used -> token("a2", NOW, requested, scopes, null),
                RotationSettings.DEFAULT.at(() -> NOW, time -> {}));
        tokens.login(token(
                "a1",
                NOW.minusSeconds(600),
                List.of("orders.read", "orders.write"),
                List.of("orders.read"),
                Secret.of("r1")));
        return tokens.fetch();
    }

    /** RFC 6749, 6: a scope that is not said stays what it was. */
    @Test
    void anAnswerThatNamesNoScopeLeavesThoseThatWereGranted() throws Exception {
        FetchedToken next = refreshed(List.of());

        assertThat(next.value()).isEqualTo(Secret.of("a2"));
        assertThat(next.granted()).containsExactly("orders.read");
        assertThat(next.requested()).containsExactly("orders.read", "orders.write");
    }

    @Test
    void aSilentAnswerGrantsNoMoreThanWasGrantedBeforeAndIsAskedFor() throws Exception {
        assertThat(refreshed(List.of("orders.read", "orders.write"), List.of()).granted())
                .containsExactly("orders.read");
        assertThat(refreshed(List.of("orders.write"), List.of()).granted()).isEmpty();
    }

    /** It tells that a clock is wrong, and by a wrong clock nothing can be said about the end. */
    @Test
    void aTokenThatWasAskedForInTheFutureIsNotServed() {
        StoredTokens soon = StoredTokens.of(token("a1", NOW.plusSeconds(30), List.of(), List.of(), Secret.of("r1")));

        assertThat(soon.usable(NOW)).isTrue();
        assertThat(soon.usable(NOW.minusSeconds(1))).isFalse();
    }

    @Test
    void anAnswerThatNamesScopesCounts() throws Exception {
        assertThat(refreshed(List.of("orders.write")).granted()).containsExactly("orders.write");
    }
}
