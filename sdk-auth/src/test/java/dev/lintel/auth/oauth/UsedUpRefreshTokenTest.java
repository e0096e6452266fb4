package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.store.MemoryTokenStore;
import dev.lintel.auth.store.RotatingTokens;
import dev.lintel.auth.store.RotationSettings;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that rotates takes a second use for theft, so none may follow an answer that may have used the token up. */
class UsedUpRefreshTokenTest {
    private static final String NEXT = FakeIssuer.GOOD.replace("60}", "60,\"refresh_token\":\"r2\"}");

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private RotatingTokens loggedIn(OAuthClient client) {
        RotatingTokens tokens = RotatingTokens.of(
                "alice@shop",
                new MemoryTokenStore(issuer.clock),
                client.refresh(),
                RotationSettings.DEFAULT.at(issuer.clock, issuer.clock::forward));
        tokens.login(new FetchedToken(
                Secret.of("a1"),
                client == shop ? TokenType.BEARER : TokenType.DPOP,
                List.of(),
                List.of(),
                issuer.clock.instant().minusSeconds(100),
                Duration.ofSeconds(60),
                Secret.of("r1"),
                null));
        return tokens;
    }

    private void usedUp(OAuthClient client, Answer answer, String message) {
        RotatingTokens tokens = loggedIn(client);
        int before = issuer.asked("/token").size();
        issuer.tokens(answer);

        TokenFetchException first = failure(tokens::fetch);
        issuer.tokens(Answer.json(NEXT));
        issuer.clock.forward(Duration.ofMinutes(10));
        TokenFetchException second = failure(tokens::fetch);

        assertThat(first.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(first).hasMessageContaining("; " + issuer.url() + "/token " + message);
        assertThat(second.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(issuer.asked("/token")).hasSize(before + 1);
    }

    @Test
    void aTokenThatCannotBeUsedHasUsedItUp() {
        usedUp(shop, Answer.json(NEXT.replace("Bearer", "mac")), "answered with 'token_type'");
        usedUp(shop, Answer.json(NEXT.replace("Bearer", "DPoP")), "answered with a token of the type DPoP");
        usedUp(
                shop.withDPoP(DPoPKey.generate()),
                Answer.json(NEXT),
                "answered with a token of the type Bearer, which anybody can use");
        usedUp(shop, Answer.json(NEXT.replace("token_type", "other")), "answered without 'token_type'");
        usedUp(shop, Answer.json(NEXT.replace("access_token", "other")), "answered without 'access_token'");
        usedUp(shop, Answer.json(NEXT.replace("60", "-5")), "answered with 'expires_in' as a negative number");
        usedUp(shop, Answer.json("garbage"), "answered 200 with a body which is not JSON");
        usedUp(shop, Answer.of(200, "text/html", NEXT), "answered 200 with a body that does not say");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 408, 500, 502, 504})
    void anAnswerOfWhoeverMayHavePassedItOnMayHaveUsedItUp(int status) {
        usedUp(shop, Answer.of(status, "text/html", ""), "answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void anAnswerThatNothingWasDoneLeavesIt(int status) throws Exception {
        RotatingTokens tokens = loggedIn(shop);
        issuer.tokens(Answer.of(status, "text/html", ""));
        assertThat(failure(tokens::fetch).kind()).isEqualTo(Kind.RETRYABLE);

        issuer.tokens(Answer.json(NEXT));

        assertThat(tokens.fetch().refreshToken()).isEqualTo(Secret.of("r2"));
    }

    @Test
    void aSilentAnswerToARefreshSaysNothingAboutScopes() throws Exception {
        issuer.tokens(Answer.json(NEXT));

        FetchedToken answer = shop.refresh("a", "b").refresh(Secret.of("r1"));

        assertThat(answer.requested()).containsExactly("a", "b");
        assertThat(answer.granted()).isEmpty();
    }

    @Test
    void anErrorOfTheServerItselfLeavesIt() throws Exception {
        RotatingTokens tokens = loggedIn(shop);
        issuer.tokens(Answer.of(500, "application/json", "{\"error\":\"server_error\"}"));
        assertThat(failure(tokens::fetch).kind()).isEqualTo(Kind.RETRYABLE);

        issuer.tokens(Answer.json(NEXT));

        assertThat(tokens.fetch().refreshToken()).isEqualTo(Secret.of("r2"));
    }
}
