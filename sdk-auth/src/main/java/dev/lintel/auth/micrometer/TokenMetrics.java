package dev.lintel.auth.micrometer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenExplanation;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Meters of tokens, all tagged with the name of the {@code client} and nothing that grows with users or holds a secret. Say
 * it to {@link dev.lintel.auth.token.TokenSettings#telling}, and {@link #watch} the tokens whose state should be seen.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>what</th></tr>
 * <tr><td>{@code lintel.tokens.requests}</td><td>counter, tag {@code outcome}</td>
 *     <td>requests for tokens: {@code acquired}, or the kind of failure</td></tr>
 * <tr><td>{@code lintel.tokens.latency}</td><td>timer</td><td>requests that brought a token</td></tr>
 * <tr><td>{@code lintel.tokens.stale.served}</td><td>counter</td><td>calls that got a token past its soft deadline</td></tr>
 * <tr><td>{@code lintel.tokens.refused}</td><td>counter, tag {@code reason}</td><td>calls that were refused at once</td></tr>
 * <tr><td>{@code lintel.tokens.events}</td><td>counter, tag {@code event}</td>
 *     <td>{@code rotated}, {@code drifted}, {@code invalidated}, {@code scopes_missing}, {@code step_up}</td></tr>
 * <tr><td>{@code lintel.tokens.in.flight}</td><td>gauge</td><td>requests on their way, 0 or 1</td></tr>
 * <tr><td>{@code lintel.tokens.waiters}</td><td>gauge</td><td>callers that wait</td></tr>
 * <tr><td>{@code lintel.tokens.expires.in}</td><td>gauge, seconds</td>
 *     <td>until the token expires; 0 if there is none</td></tr>
 * <tr><td>{@code lintel.tokens.backoff}</td><td>gauge</td><td>1 while no request is made after a failure</td></tr>
 * </table>
 */
public final class TokenMetrics implements TokenListener {
    private static final String PREFIX = "lintel.tokens.";

    private final MeterRegistry registry;

    /**
     * Meters in a registry.
     *
     * @param registry where they are registered when there is something to measure
     */
    @SuppressWarnings("exports") // who hands one in has Micrometer; who has not shall not need it
    public TokenMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Shows the state of a token. The gauges hold it weakly.
     *
     * @param handle whose state; the last one for a client with a name counts
     * @return the same metrics
     */
    @CanIgnoreReturnValue
    public TokenMetrics watch(TokenHandle handle) {
        gauge(handle, "in.flight", state -> state.loading() == null ? 0 : 1);
        gauge(handle, "waiters", TokenExplanation::waiters);
        gauge(handle, "backoff", state -> state.backoff() ? 1 : 0);
        gauge(handle, "expires.in", TokenMetrics::secondsLeft);
        return this;
    }

    private void gauge(TokenHandle handle, String name, ToDoubleFunction<TokenExplanation> value) {
        Gauge unused = Gauge.builder(PREFIX + name, handle, watched -> value.applyAsDouble(watched.explain()))
                .tag("client", handle.key().client())
                .baseUnit(name.equals("expires.in") ? "seconds" : null)
                .register(registry);
    }

    private static double secondsLeft(TokenExplanation state) {
        if (state.token() == null) {
            return 0;
        }
        Duration left = Duration.between(state.at(), state.token().expires());
        return left.isNegative() ? 0 : left.toMillis() / 1e3;
    }

    @Override
    public void onAcquired(TokenEvent.Acquired event) {
        registry.timer(PREFIX + "latency", tags(event)).record(event.took());
        count(event, "requests", "outcome", "acquired");
    }

    @Override
    public void onBackoff(TokenEvent.BackedOff event) {
        count(event, "requests", "outcome", event.kind().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void onStaleServed(TokenEvent.StaleServed event) {
        registry.counter(PREFIX + "stale.served", tags(event)).increment();
    }

    @Override
    public void onRefused(TokenEvent.Refused event) {
        count(event, "refused", "reason", event.reason().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void onRotated(TokenEvent.Rotated event) {
        count(event, "events", "event", "rotated");
    }

    @Override
    public void onDrift(TokenEvent.Drifted event) {
        count(event, "events", "event", "drifted");
    }

    @Override
    public void onInvalidated(TokenEvent.Invalidated event) {
        count(event, "events", "event", "invalidated");
    }

    @Override
    public void onScopesMissing(TokenEvent.ScopesMissing event) {
        count(event, "events", "event", "scopes_missing");
    }

    @Override
    public void onStepUp(TokenEvent.StepUp event) {
        count(event, "events", "event", "step_up");
    }

    private void count(TokenEvent event, String name, String tag, String value) {
        registry.counter(PREFIX + name, tags(event).and(tag, value)).increment();
    }

    private static Tags tags(TokenEvent event) {
        return Tags.of("client", event.key().client());
    }
}
