package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.ManualExecutor;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.evaluate.Token;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private final Issuing issuing = new Issuing(TestKeys.RSA);
    private final ManualExecutor verifying = new ManualExecutor();
    private final TokenVerifiers verifiers =
            new TokenVerifiers(verifying, Runnable::run, issuing.clock, VerifierSettings.DEFAULT);
    private final TokenVerifier verifier = verifiers.of(List.of(issuing.issuer(issuing.server.uri("/jwks"))));

    @AfterEach
    void close() {
        verifiers.close();
        issuing.close();
    }

    private CompletableFuture<Token> verify(String raw) {
        return verifier.verify(raw).toCompletableFuture();
    }

    @Test
    void nothingIsDoneOnTheCallersThread() {
        String raw = issuing.good(TestKeys.RSA);
        assertThat(verifier.cached(raw)).isNull();
        CompletableFuture<Token> verified = verify(raw);
        assertThat(verified).isNotDone();
        assertThat(verifying.work()).isOne();
        assertThat(verified).isDone();
        assertThat(verifier.cached(raw)).isSameAs(verified.join());
        assertThat(verify(raw)).isDone();
        assertThat(verifying.work()).isZero();
    }

    @Test
    void equalTokensAreVerifiedOnce() {
        String raw = issuing.good(TestKeys.RSA);
        CompletableFuture<Token> first = verify(raw);
        CompletableFuture<Token> second = verify(raw);
        assertThat(verifying.work()).isOne();
        assertThat(second.join()).isSameAs(first.join());
    }

    @Test
    void oneWhoGivesUpDoesNotSpoilItForOthers() {
        String raw = issuing.good(TestKeys.RSA);
        CompletableFuture<Token> impatient = verify(raw);
        CompletableFuture<Token> patient = verify(raw);
        assertThat(impatient.cancel(true)).isTrue();
        assertThat(verifying.work()).isOne();
        assertThat(patient.join()).isInstanceOf(Token.Verified.class);
    }

    @Test
    void timesAreCheckedAgainOnEveryHit() {
        String raw = issuing.token(TestKeys.RSA, "", ",\"nbf\":" + (issuing.clock.seconds() - 10));
        assertThat(verify(raw)).isNotDone();
        verifying.work();
        assertThat(verifier.cached(raw)).isInstanceOf(Token.Verified.class);
        issuing.clock.forward(Duration.ofSeconds(-71));
        assertThat(verifier.cached(raw)).isNull();
        issuing.clock.forward(Duration.ofSeconds(71));
        for (int minute = 0; minute < 60; minute++) {
            assertThat(verifier.cached(raw)).isInstanceOf(Token.Verified.class);
            issuing.clock.forward(Duration.ofMinutes(1));
        }
        issuing.clock.forward(Duration.ofMillis(59_999));
        assertThat(verifier.cached(raw)).isInstanceOf(Token.Verified.class);
        issuing.clock.forward(Duration.ofMillis(1));
        assertThat(verifier.cached(raw)).isNull();
    }

    @Test
    void refusalsAreRememberedForAMoment() {
        String forged = issuing.good(TestKeys.OTHER_RSA);
        assertThat(verify(forged)).isNotDone();
        verifying.work();
        assertThat(verifier.cached(forged)).isEqualTo(new Token.Rejected("the token's key is not known"));
        issuing.clock.forward(Duration.ofSeconds(5));
        assertThat(verifier.cached(forged)).isNull();
    }

    @Test
    void aTokenThatBecomesGoodIsNotRememberedAsBad() {
        String early = issuing.token(TestKeys.RSA, "", ",\"nbf\":" + (issuing.clock.seconds() + 61));
        CompletableFuture<Token> refused = verify(early);
        verifying.work();
        assertThat(refused).isCompletedWithValue(new Token.Rejected("the token is not valid yet"));
        assertThat(verifier.cached(early)).isNull();
        issuing.clock.forward(Duration.ofSeconds(1));
        CompletableFuture<Token> accepted = verify(early);
        verifying.work();
        assertThat(accepted.join()).isInstanceOf(Token.Verified.class);
    }

    @Test
    void whatNeedsNoWorkIsAnsweredAtOnce() {
        assertThat(verifier.cached("a".repeat(20_000))).isEqualTo(new Token.Rejected("the token is too long"));
        assertThat(verifier.cached("\u0141")).isEqualTo(new Token.Rejected("the token is not a well-formed JWT"));
        assertThat(verify("a".repeat(20_000))).isDone();
        assertThat(verify("\u0141")).isDone();
    }

    @Test
    void anExecutorThatIsFullIsNoReasonToHang() {
        try (TokenVerifiers full = new TokenVerifiers(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                Runnable::run,
                issuing.clock,
                VerifierSettings.DEFAULT)) {
            TokenVerifier overloaded = full.of(List.of(issuing.issuer(null)));
            assertThat(overloaded.verify(issuing.good(TestKeys.RSA)).toCompletableFuture())
                    .isCompletedWithValue(new Token.Unverifiable("too many tokens are being verified"));
        }
    }

    @Test
    void tokensAreToldApartByEveryCharacter() {
        assertThat(TokenKey.of("a")).isEqualTo(TokenKey.of("a")).isNotEqualTo(TokenKey.of("b"));
        String longer = "x".repeat(5_000);
        assertThat(TokenKey.of(longer)).isEqualTo(TokenKey.of(longer)).isNotEqualTo(TokenKey.of(longer + "x"));
        assertThat(TokenKey.of("a\u0080")).isNull();
    }
}
