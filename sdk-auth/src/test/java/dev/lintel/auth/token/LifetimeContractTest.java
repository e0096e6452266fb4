package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract's lines on lifetime, hard deadline and soft deadline. */
class LifetimeContractTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Duration lifetime(Core core) {
        TokenExplanation.Current token = core.loaded().handle.explain().token();
        return Duration.between(core.time.instant(), token.expires());
    }

    @Test
    void lifetimeUsedIsWhatTheServerSaid() {
        assertThat(lifetime(new Core(HOUR))).isEqualTo(HOUR);
    }

    @Test
    void lifetimeThatIsAbsentIsTheConfiguredDefaultNeverForEverNorExpiredAtOnce() {
        Core usual = new Core(null);
        assertThat(lifetime(usual)).isEqualTo(Duration.ofMinutes(5));
        assertThat(usual.asked()).isEqualTo("t1");
        usual.forward(Duration.ofMinutes(5));
        assertThat(usual.asked()).isEqualTo("waits");
        assertThat(lifetime(
                        new Core(null, settings -> settings.times(TokenTimes.DEFAULT.unsaid(Duration.ofMinutes(2))))))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void lifetimeIsLimitedToADay() {
        assertThat(lifetime(new Core(Duration.ofSeconds(Long.MAX_VALUE)))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void lifetimeIsLimitedByTheExpOfAJwtIfThatIsEnabled() {
        assertThat(lifetime(jwt("{\"exp\":1767226500}", TokenSettings::readingJwt)))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(lifetime(jwt("{\"exp\":1767226500}", settings -> settings))).isEqualTo(HOUR);
        for (String unreadable :
                List.of("{\"exp\":1867225600}", "{\"exp\":\"soon\"}", "{\"exp\":-1}", "{}", "[", "{\"exp\":1e99}")) {
            assertThat(lifetime(jwt(unreadable, TokenSettings::readingJwt)))
                    .as(unreadable)
                    .isEqualTo(HOUR);
        }
        Core opaque = new Core(HOUR, TokenSettings::readingJwt);
        assertThat(lifetime(opaque)).isEqualTo(HOUR);
    }

    private static Core jwt(String claims, java.util.function.UnaryOperator<TokenSettings> change) {
        Core core = new Core(HOUR, change);
        String token = TestKeys.encode("{}") + "." + TestKeys.encode(claims) + ".c2ln";
        core.source.answers((number, asked) -> FakeSource.fetched(token, asked, HOUR));
        return core;
    }

    @Test
    void lifetimeThatIsOverWhenTheTokenComesIsAFailure() {
        Core never = new Core(Duration.ZERO);
        var waiting = never.ask();
        never.executor.work();
        assertThat(Core.outcome(waiting))
                .isEqualTo("No token for client 'shop', because the token had expired before it was asked for");
        Core slow = new Core(HOUR);
        slow.source.answers((number, asked) -> {
            slow.forward(Duration.ofSeconds(20));
            return FakeSource.fetched("t", asked, Duration.ofSeconds(10));
        });
        var late = slow.ask();
        slow.executor.work();
        assertThat(Core.outcome(late))
                .isEqualTo("No token for client 'shop', because the token had expired when it came");
    }

    @Test
    void lifetimeOfATokenThatWasKeptElsewhereCountsFromWhenItWasAskedFor() {
        Core core = new Core(HOUR);
        Instant before = core.time.instant().minus(Duration.ofMinutes(50));
        core.source.answers((number, asked) -> FakeSource.fetched("kept", before, HOUR));
        core.loaded();
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.STALE);
        core.forward(Duration.ofMinutes(10).minusSeconds(11));
        assertThat(core.asked()).isEqualTo("kept");
        core.forward(Duration.ofSeconds(1));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
    }

    @Test
    void hardDeadlineIsTheSkewBeforeExpiry() {
        assertThat(hard(HOUR, Duration.ofMillis(300))).isEqualTo(HOUR.minusSeconds(10));
    }

    @Test
    void hardDeadlineIsTheMeasuredLatencyBeforeExpiryIfThatIsMore() {
        assertThat(hard(HOUR, Duration.ofSeconds(25))).isEqualTo(HOUR.minusSeconds(25));
        Core core = new Core(HOUR);
        core.source.answers((number, asked) -> {
            core.forward(Duration.ofSeconds(25));
            return FakeSource.fetched("t", asked, HOUR);
        });
        core.loaded();
        TokenExplanation.Current token = core.handle.explain().token();
        assertThat(Duration.between(token.hard(), token.expires())).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void hardDeadlineTakesAQuarterOfTheLifetimeAtMost() {
        assertThat(hard(Duration.ofSeconds(20), Duration.ZERO)).isEqualTo(Duration.ofSeconds(15));
        assertThat(hard(HOUR, Duration.ofMinutes(40))).isEqualTo(Duration.ofMinutes(45));
    }

    @Test
    void hardDeadlineLeavesTwoSecondsOfTinyLifetimes() {
        assertThat(hard(Duration.ofMillis(2_400), Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        assertThat(hard(Duration.ofMillis(1_500), Duration.ZERO)).isEqualTo(Duration.ofMillis(1_500));
    }

    private static Duration hard(Duration lifetime, Duration latency) {
        return Held.hard(lifetime, Duration.ofSeconds(10), latency);
    }

    @Test
    void latencyIsTheLongestOfTheLastHundredButOne() {
        Latencies latencies = new Latencies();
        assertThat(latencies.p99()).isZero();
        IntStream.rangeClosed(1, 50).forEach(i -> latencies.add(Duration.ofMillis(i)));
        assertThat(latencies.p99()).isEqualTo(Duration.ofMillis(50));
        IntStream.rangeClosed(51, 300).forEach(i -> latencies.add(Duration.ofMillis(i)));
        assertThat(latencies.p99()).isEqualTo(Duration.ofMillis(299));
    }

    @Test
    void softDeadlineIsFourFifthsOfTheLifetimeLessThePhaseOfInstanceAndKey() {
        Coordinates key = Coordinates.named("shop");
        double phase = Phase.of("pod-1", key);
        assertThat(phase).isBetween(0.0, 1.0).isEqualTo(Phase.of("pod-1", key));
        assertThat(Phase.of("pod-2", key)).isNotEqualTo(phase);
        assertThat(Phase.of("pod-1", Coordinates.named("orders"))).isNotEqualTo(phase);
        TokenExplanation.Current token =
                new Core(HOUR).loaded().handle.explain().token();
        assertThat(token.softIn().toMillis()).isCloseTo((long) (HOUR.toMillis() * (0.80 - 0.25 * phase)), within(1L));
    }

    @Test
    void softDeadlineLeavesRoomBeforeTheHardOneSoThatAShortLivedTokenIsRenewedWhileItIsGood() {
        Duration short20 = Duration.ofSeconds(20);
        Duration hard = Held.hard(short20, Duration.ofSeconds(10), Duration.ZERO);
        assertThat(hard).isEqualTo(Duration.ofSeconds(15));
        assertThat(Held.soft(short20, hard, 0)).isEqualTo(Duration.ofMillis(13_500));
        assertThat(Held.soft(short20, hard, 1)).isEqualTo(Duration.ofMillis(8_500));
        assertThat(Held.soft(Duration.ofSeconds(1), Duration.ofMillis(600), 0)).isEqualTo(Duration.ofMillis(540));
    }

    /** Issue: a hundred clients that were started together spread their refreshes over at least 20 % of the lifetime. */
    @Test
    void softDeadlinesOfAHundredInstancesLieOverAFifthOfTheLifetime() {
        List<Duration> refreshes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Core core = new Core(Duration.ofSeconds(1_000));
            String pod = "orders-7d9f8-" + i;
            TokenHandle one = TokenHandle.of(
                    Coordinates.named("shop"), core.source, core.settings().instance(pod));
            var first = one.get().toCompletableFuture();
            core.executor.work();
            first.join();
            refreshes.add(one.explain().token().softIn());
        }
        refreshes.sort(Duration::compareTo);
        assertThat(refreshes.get(99).minus(refreshes.get(0))).isGreaterThan(Duration.ofSeconds(200));
        assertThat(refreshes.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(550));
        assertThat(refreshes.get(99)).isLessThanOrEqualTo(Duration.ofSeconds(800));
        for (int i = 0; i + 10 < 100; i += 10) {
            assertThat(refreshes.get(i + 10).minus(refreshes.get(i)))
                    .as("a tenth of them lies close together")
                    .isGreaterThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void keysSayAllThatMakesAnotherToken() {
        Coordinates base = Coordinates.of("https://id.example", "shop", "client_credentials");
        assertThat(base.scopes(List.of("b", "a", "a"))).isEqualTo(base.scopes(List.of("a", "b")));
        List<Coordinates> others = List.of(
                base,
                base.scopes(List.of("a")),
                base.scopes(List.of("a b")),
                base.scopes(List.of("a", "b")),
                base.audiences("a"),
                base.resources(List.of(java.net.URI.create("https://a.example"))),
                base.subject("alice"),
                base.subject("alice").actor("bob"),
                base.tenant("blue"),
                base.details("d1"),
                base.key("k1"),
                base.with("x", "1:y;"),
                base.with("x", "1", "y;"));
        assertThat(others).doesNotHaveDuplicates();
        assertThat(base.scopes(List.of("a")).subject("alice"))
                .hasToString("client 'shop' grant client_credentials issuer https://id.example scope a subject alice");
        assertThat(FakeSource.fetched("canary", Instant.EPOCH, null).value()).isEqualTo(Secret.of("canary"));
    }
}
