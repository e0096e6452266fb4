package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract's lines on scopes, invalidation, observers and explanations. */
class KeyContractTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static FakeSource.Answer answer(List<String> requested, List<String> granted, String refreshToken) {
        return (number, asked) -> new FetchedToken(
                Secret.of("t" + number),
                TokenType.BEARER,
                requested,
                granted,
                asked,
                HOUR,
                refreshToken == null ? null : Secret.of(refreshToken),
                null);
    }

    @Test
    void scopeIsKeptUnderWhatWasRequestedAndTellsWhatWasGranted() {
        Core core = new Core(HOUR);
        core.source.answers(answer(List.of("a", "b", "c"), List.of("c", "a", "x"), null));
        core.loaded();
        assertThat(core.handle.token().scopes()).containsExactly("c", "a", "x");
        assertThat(core.events.of(TokenEvent.ScopesMissing.class))
                .containsExactly(new TokenEvent.ScopesMissing(
                        core.handle.key(), core.handle.token().id(), List.of("b")));
        assertThat(core.handle.explain().token().missing()).containsExactly("b");
        assertThat(core.handle.explain().toString())
                .contains("scopes requested [a, b, c], granted [c, a, x], missing [b]");
        assertThat(core.asked()).as("one token all the same").isEqualTo("t1");
        assertThat(core.source.requests()).isOne();
    }

    @Test
    void invalidateIsANoOpUnlessItIsTheCurrentToken() {
        Core core = new Core(HOUR).loaded();
        AccessToken refused = core.handle.token();
        assertThat(core.handle.invalidate(Secret.of("another"))).isFalse();
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.handle.invalidate(refused)).isTrue();
        assertThat(core.handle.invalidate(refused)).isFalse();
        assertThat(core.asked()).isEqualTo("waits");
        core.executor.work();
        for (int late = 0; late < 100; late++) {
            assertThat(core.handle.invalidate(refused))
                    .as("a fresh token stays")
                    .isFalse();
        }
        assertThat(core.asked()).isEqualTo("t2");
        assertThat(core.events.of(TokenEvent.Invalidated.class))
                .containsExactly(new TokenEvent.Invalidated(core.handle.key(), refused.id()));
    }

    @Test
    void invalidateInBackoffFailsFast() {
        Core core = new Core(HOUR).loaded();
        core.forward(Duration.ofMinutes(50));
        core.source.answers(FakeSource.failure(Kind.RETRYABLE, Duration.ofSeconds(30)));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        core.handle.invalidate(core.handle.token());
        assertThat(core.asked())
                .isEqualTo("No token for client 'shop', because it is RETRYABLE; it is asked again in 30000 ms");
    }

    @Test
    void observersAreToldOfEverythingAndNeverGivenSecrets() {
        Core core = new Core(HOUR);
        core.source.answers(answer(List.of("a"), List.of(), "canary-refresh-1"));
        core.loaded();
        String id = core.handle.token().id();
        Instant first = core.time.instant().plus(HOUR);
        core.forward(Duration.ofMinutes(50));
        core.source.answers(answer(List.of(), List.of(), "canary-refresh-2"));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        String next = core.handle.token().id();
        Coordinates key = core.handle.key();
        assertThat(core.events.all())
                .containsExactly(
                        new TokenEvent.Acquired(key, id, first, Duration.ZERO),
                        new TokenEvent.ScopesMissing(key, id, List.of("a")),
                        new TokenEvent.StaleServed(key, id, first),
                        new TokenEvent.Acquired(key, next, core.time.instant().plus(HOUR), Duration.ZERO),
                        new TokenEvent.Rotated(key, next));
        assertThat(id).matches("[0-9a-f]{16}").isEqualTo("628b49d96dcde97a");
        assertThat(core.events.all().toString()).doesNotContain("canary");
    }

    @Test
    void observersThatThrowHurtNobody() {
        TokenListener bad = new TokenListener() {
            @Override
            public void onAcquired(TokenEvent.Acquired event) {
                throw new IllegalStateException("canary-listener-91c4");
            }

            @Override
            public void onBackoff(TokenEvent.BackedOff event) {
                throw new IllegalStateException("canary-listener-91c4");
            }
        };
        Core core = new Core(HOUR, settings -> settings.telling(bad));
        assertThat(core.loaded().asked()).isEqualTo("t1");
        core.forward(Duration.ofMinutes(50));
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t1");
        assertThat(core.events.of(TokenEvent.Acquired.class)).hasSize(1);
        assertThat(core.events.of(TokenEvent.BackedOff.class)).hasSize(1);
        assertThat(Logs.containing("canary-listener-91c4")).isEmpty();
        assertThat(Logs.containing("A listener of the tokens of client 'shop' threw java.lang.IllegalStateException"))
                .isNotEmpty();
    }

    @Test
    void explanationSaysHowItStands() {
        Core core = new Core(HOUR);
        assertThat(core.handle.explain()).hasToString("""
                        client 'shop': EMPTY at 2026-01-01T00:00:00Z
                          next request at 2026-01-01T00:00:00Z or later, when somebody asks""".replace("\n", System.lineSeparator()));
        var waiting = List.of(core.ask(), core.ask());
        core.forward(Duration.ofSeconds(2));
        assertThat(core.handle.explain()).hasToString("""
                        client 'shop': LOADING at 2026-01-01T00:00:02Z
                          a request on its way for PT2S, 2 waiting""".replace("\n", System.lineSeparator()));
        core.executor.work();
        assertThat(waiting).allMatch(CompletableFuture::isDone);
        core.forward(Duration.ofMinutes(48));
        core.source.answers(FakeSource.failure(Kind.RETRYABLE, Duration.ofSeconds(90)));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        core.forward(Duration.ofSeconds(8));
        TokenExplanation state = core.handle.explain();
        assertThat(state.toString().replaceAll("soft deadline .*", "soft deadline …"))
                .isEqualTo("""
                        client 'shop': STALE, BACKOFF at 2026-01-01T00:48:10Z
                          token 628b49d96dcde97a, BEARER, expires 2026-01-01T01:00:02Z
                          soft deadline …
                          hard deadline 2026-01-01T00:59:52Z, by the monotonic clock in PT11M42S
                          scopes requested [a], granted [a]
                          last error at 2026-01-01T00:48:02Z (RETRYABLE): No token for client 'shop', because it is RETRYABLE
                          next request at 2026-01-01T00:49:32Z or later, when somebody asks""".replace("\n", System.lineSeparator()));
        assertThat(state.nextRequest()).contains(Instant.parse("2026-01-01T00:49:32Z"));
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> TokenSettings.defaults().waiters(0))
                .hasMessage("at least 1 caller must be able to wait, but waiters was 0");
        assertThatThrownBy(() -> TokenSettings.defaults().instance(" "))
                .hasMessage("the name of an instance must not be blank");
        assertThatThrownBy(() -> TokenTimes.DEFAULT.deadline(Duration.ZERO))
                .hasMessage("a time of tokens must be at least 1 ms and at most 24 h, but deadline was PT0S");
        assertThatThrownBy(() -> TokenTimes.DEFAULT.pauses(HOUR, Duration.ofMinutes(1), HOUR))
                .hasMessage("the longest pause must not be shorter than the first, but they were PT1M and PT1H");
        assertThatThrownBy(() -> Coordinates.named(" ")).hasMessage("the name of a client must not be blank");
        assertThatThrownBy(() -> Coordinates.named("a").with("X Y"))
                .hasMessage("a coordinate's name must be small letters, digits, - and _, but was 'X Y'");
    }
}
