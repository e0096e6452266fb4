package dev.lintel.auth.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenFetchException.Kind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TokenMetrics metrics = new TokenMetrics(registry);
    private final Core core =
            new Core(Duration.ofHours(1), settings -> settings.telling(metrics).waiters(3));

    private double gauge(String name) {
        return registry.get("lintel.tokens." + name)
                .tag("client", "shop")
                .gauge()
                .value();
    }

    private double counter(String name, String... tags) {
        return registry.get("lintel.tokens." + name).tags(tags).counter().count();
    }

    @Test
    void theStateOfATokenIsSeen() {
        metrics.watch(core.handle);
        assertThat(gauge("expires.in")).isZero();
        var waiting = List.of(core.ask(), core.ask());
        assertThat(gauge("in.flight")).isOne();
        assertThat(gauge("waiters")).isEqualTo(2);
        core.executor.work();
        assertThat(waiting).allMatch(one -> one.isDone());
        assertThat(gauge("in.flight")).isZero();
        assertThat(gauge("waiters")).isZero();
        core.forward(Duration.ofMinutes(50));
        assertThat(gauge("expires.in")).isEqualTo(600);
        assertThat(gauge("backoff")).isZero();
        core.source.answers(FakeSource.failure(Kind.RETRYABLE));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        assertThat(gauge("backoff")).isOne();
        core.forward(Duration.ofMinutes(11));
        assertThat(gauge("expires.in")).isZero();
        assertThat(gauge("backoff")).isZero();
    }

    @Test
    void whatHappensIsCountedByOutcome() {
        core.loaded();
        core.forward(Duration.ofMinutes(50));
        core.source.answers(FakeSource.failure(Kind.PERMANENT));
        assertThat(core.asked()).isEqualTo("t1");
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t1");
        core.forward(Duration.ofMinutes(60));
        core.source.answers(FakeSource.failure(Kind.AMBIGUOUS));
        assertThat(List.of(core.asked(), core.asked(), core.asked(), core.asked()))
                .endsWith("No token for client 'shop', because 3 callers wait for it already");
        core.executor.work();
        assertThat(core.asked()).contains("; it is asked again in ");
        assertThat(counter("requests", "client", "shop", "outcome", "acquired")).isOne();
        assertThat(counter("requests", "client", "shop", "outcome", "permanent"))
                .isOne();
        assertThat(counter("requests", "client", "shop", "outcome", "ambiguous"))
                .isOne();
        assertThat(counter("stale.served", "client", "shop")).isEqualTo(2);
        assertThat(counter("refused", "client", "shop", "reason", "waiters")).isOne();
        assertThat(counter("refused", "client", "shop", "reason", "backoff")).isOne();
        assertThat(registry.get("lintel.tokens.latency").timer().count()).isOne();
    }

    @Test
    void theRestIsCountedByEvent() {
        var key = core.handle.key();
        metrics.onRotated(new TokenEvent.Rotated(key, "id"));
        metrics.onDrift(new TokenEvent.Drifted(key, Duration.ofMinutes(1)));
        metrics.onInvalidated(new TokenEvent.Invalidated(key, "id"));
        metrics.onScopesMissing(new TokenEvent.ScopesMissing(key, "id", List.of("a")));
        metrics.onStepUp(
                new TokenEvent.StepUp(key, "id", "https://a", "insufficient_scope", List.of(), List.of(), null));
        for (String event : List.of("rotated", "drifted", "invalidated", "scopes_missing", "step_up")) {
            assertThat(counter("events", "event", event)).isOne();
        }
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allMatch(id -> id.getTags().stream()
                        .noneMatch(tag ->
                                tag.getValue().contains("id") && !tag.getValue().contains("invalidated")));
    }
}
