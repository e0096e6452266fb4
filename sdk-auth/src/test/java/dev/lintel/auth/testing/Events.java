package dev.lintel.auth.testing;

import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps everything that it is told. */
public final class Events implements TokenListener {
    private final Queue<TokenEvent> all = new ConcurrentLinkedQueue<>();

    public List<TokenEvent> all() {
        return List.copyOf(all);
    }

    public <E extends TokenEvent> List<E> of(Class<E> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void onAcquired(TokenEvent.Acquired event) {
        all.add(event);
    }

    @Override
    public void onStaleServed(TokenEvent.StaleServed event) {
        all.add(event);
    }

    @Override
    public void onBackoff(TokenEvent.BackedOff event) {
        all.add(event);
    }

    @Override
    public void onRotated(TokenEvent.Rotated event) {
        all.add(event);
    }

    @Override
    public void onDrift(TokenEvent.Drifted event) {
        all.add(event);
    }

    @Override
    public void onInvalidated(TokenEvent.Invalidated event) {
        all.add(event);
    }

    @Override
    public void onScopesMissing(TokenEvent.ScopesMissing event) {
        all.add(event);
    }

    @Override
    public void onRefused(TokenEvent.Refused event) {
        all.add(event);
    }

    @Override
    public void onStepUp(TokenEvent.StepUp event) {
        all.add(event);
    }
}
