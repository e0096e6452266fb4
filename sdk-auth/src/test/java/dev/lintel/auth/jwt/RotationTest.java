package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.evaluate.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Duration GATE = KeySettings.DEFAULT.refetchAfter();

    private final Issuing issuing = new Issuing(TestKeys.RSA);

    @AfterEach
    void close() {
        issuing.close();
    }

    @Test
    void aNewKeyIsFetchedWhenItIsFirstUsed() {
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        issuing.publish(TestKeys.RSA, TestKeys.OTHER_RSA);
        issuing.clock.forward(GATE);
        assertThat(issuing.refusal(issuing.good(TestKeys.OTHER_RSA))).isEqualTo("accepted");
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        assertThat(issuing.fetches()).isEqualTo(2);
    }

    @Test
    void aFloodOfUnknownKeysIsOneFetchInAWhile() {
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        issuing.clock.forward(GATE);
        for (int i = 0; i < 200; i++) {
            RSAKey named =
                    new RSAKey.Builder(TestKeys.OTHER_RSA).keyID("unknown-" + i).build();
            assertThat(issuing.refusal(issuing.good(named))).isEqualTo("the token's key is not known");
            assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        }
        assertThat(issuing.fetches()).isEqualTo(2);
    }

    @Test
    void aNewKeyUnderAnOldNameIsNoticedByItsSignature() {
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        String old = issuing.good(TestKeys.RSA);
        RSAKey swapped = new RSAKey.Builder(TestKeys.OTHER_RSA).keyID("rsa-1").build();
        issuing.publish(swapped);
        assertThat(issuing.refusal(issuing.good(swapped))).isEqualTo("the token's signature is wrong");
        issuing.clock.forward(GATE);
        assertThat(issuing.refusal(issuing.good(swapped))).isEqualTo("accepted");
        assertThat(issuing.verifier.cached(old)).isNull();
        assertThat(issuing.refusal(old)).isEqualTo("the token's signature is wrong");
    }

    @Test
    void whatAKeyVerifiedIsForgottenWithTheKey() {
        String old = issuing.good(TestKeys.RSA);
        assertThat(issuing.refusal(old)).isEqualTo("accepted");
        assertThat(issuing.verifier.cached(old)).isInstanceOf(Token.Verified.class);
        issuing.publish(TestKeys.OTHER_RSA);
        issuing.clock.forward(KeySettings.DEFAULT.waitAfter());
        assertThat(issuing.refusal(issuing.good(TestKeys.OTHER_RSA))).isEqualTo("accepted");
        assertThat(issuing.refusal(old)).isEqualTo("the token's key is not known");
    }

    @Test
    void tokensAreUnverifiableUntilTheKeysCanBeHad() {
        String good = issuing.good(TestKeys.RSA);
        String why = "unverifiable: the keys of issuer " + issuing.server.url() + " cannot be had";
        List<Answer> broken = List.of(
                Answer.of(503, "text/plain", ""),
                Answer.of(404, "text/plain", ""),
                Answer.json("garbage"),
                Answer.redirect("http://127.0.0.1:1/"));
        for (Answer answer : broken) {
            issuing.server.on("/jwks", answer);
            assertThat(issuing.refusal(good)).isEqualTo(why);
            issuing.clock.forward(Duration.ofMinutes(1));
        }
        assertThat(issuing.fetches()).isEqualTo(broken.size());
        issuing.publish(TestKeys.RSA);
        assertThat(issuing.refusal(good)).isEqualTo("accepted");
    }

    @Test
    void anIssuerThatDoesNotAnswerIsNotWaitedForForLong() {
        try (Issuing silent = new Issuing(Issuing.impatient(Duration.ofMillis(100)))) {
            silent.server.on("/jwks", silent.server.never());
            assertThat(silent.refusal(silent.good(TestKeys.RSA)))
                    .isEqualTo("unverifiable: the keys of issuer " + silent.server.url() + " cannot be had");
            assertThat(silent.fetches()).isOne();
        }
    }

    @Test
    void anOutageDoesNotTouchTokensOfKnownKeys() {
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        issuing.server.on("/jwks", Answer.of(500, "text/plain", ""));
        for (int hour = 0; hour < 23; hour++) {
            issuing.clock.forward(Duration.ofHours(1));
            assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        }
        issuing.clock.forward(Duration.ofHours(1));
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).startsWith("unverifiable: ");
    }

    @Test
    void aThousandFirstTokensAreOneFetch() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger fetches = new AtomicInteger();
        issuing.server.on("/jwks", exchange -> {
            fetches.incrementAndGet();
            await(release);
            Answer.json(TestKeys.jwks(TestKeys.RSA)).give(exchange);
        });
        String same = issuing.good(TestKeys.RSA);
        List<CompletableFuture<Token>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String raw = i % 10 == 0 ? issuing.token(TestKeys.RSA, "", ",\"jti\":\"" + i + "\"") : same;
            all.add(issuing.verifier.verify(raw).toCompletableFuture());
        }
        release.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(all).allMatch(token -> token.join() instanceof Token.Verified);
        assertThat(fetches).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assert latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void keysCanBeFetchedAheadOfTheFirstToken() {
        issuing.verifier.warmUp().toCompletableFuture().join();
        assertThat(issuing.fetches()).isOne();
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        assertThat(issuing.fetches()).isOne();
    }

    @Test
    void keysAreSharedAndOutliveTheModel() {
        var narrow = new dev.lintel.core.model.Issuer(
                issuing.server.url(), issuing.server.uri("/jwks"), List.of("RS256"), dev.lintel.core.Origin.unknown());
        assertThat(issuing.refusal(issuing.good(TestKeys.RSA))).isEqualTo("accepted");
        TokenVerifier other = issuing.verifiers.of(List.of(narrow));
        assertThat(other).isNotSameAs(issuing.verifier).isSameAs(issuing.verifiers.of(List.of(narrow)));
        issuing.verifiers.retain(List.of(List.of(narrow)));
        assertThat(issuing.verifiers.of(List.of(narrow))).isSameAs(other);
        assertThat(other.verify(issuing.good(TestKeys.RSA))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Token.Verified.class);
        assertThat(issuing.fetches()).isOne();
        issuing.verifiers.retain(List.of());
        assertThat(issuing.verifiers.of(List.of(narrow))).isNotSameAs(other);
    }
}
