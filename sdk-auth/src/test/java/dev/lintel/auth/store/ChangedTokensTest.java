package dev.lintel.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever holds {@code Tokens} over a store sees at once that its user logged in or out. */
class ChangedTokensTest {
    private final RotatingTokens kept = RotatingTokens.of("alice@shop", new MemoryTokenStore(), used -> token("new"));

    private static FetchedToken token(String value) {
        return new FetchedToken(
                Secret.of(value),
                TokenType.BEARER,
                List.of(),
                List.of(),
                Instant.now(),
                Duration.ofMinutes(10),
                Secret.of("r"),
                null);
    }

    @Test
    void aLoginEndsThePauseAfterALoginWasAskedFor() {
        try (Tokens tokens = Tokens.from("alice", kept)) {
            assertThatThrownBy(tokens::token).isInstanceOf(TokenException.class).hasMessageContaining("log in");

            kept.login(token("first"));

            assertThat(tokens.token().value()).isEqualTo(Secret.of("first"));
        }
    }

    @Test
    void anotherLoginReplacesTheTokenThatIsThere() {
        kept.login(token("first"));
        try (Tokens tokens = Tokens.from("alice", kept)) {
            assertThat(tokens.token().value()).isEqualTo(Secret.of("first"));

            kept.login(token("second"));

            assertThat(tokens.token().value()).isEqualTo(Secret.of("second"));
        }
    }

    @Test
    void afterALogoutNoTokenIsHandedOut() throws StoreException {
        kept.login(token("first"));
        try (Tokens tokens = Tokens.from("alice", kept)) {
            assertThat(tokens.token().value()).isEqualTo(Secret.of("first"));

            assertThat(kept.logout()).isPresent();

            assertThatThrownBy(tokens::token).isInstanceOf(TokenException.class).hasMessageContaining("log in");
        }
    }
}
