package dev.lintel.embedded.balance;

import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.RetryRule.Budget;
import org.jspecify.annotations.Nullable;

/** What a version has under way at once, and how much of it is let in (Envoy, circuit breaking). */
public final class Load {
    private final Limit calls;
    private final Limit pending;
    private final Limit connections;
    private final Limit retries = new Limit(Integer.MAX_VALUE);
    private final @Nullable Integer maxRetries;
    private final boolean limitsConnections;
    private final Tally tally;

    /**
     * A version that has nothing to do yet.
     *
     * @param limits how much is let in
     * @param tally hears of calls that are refused
     */
    public Load(Limits limits, Tally tally) {
        this.calls = new Limit(orAny(limits.maxRequests()));
        this.pending = new Limit(orAny(limits.maxPending()));
        this.connections = new Limit(orAny(limits.maxConnections()));
        this.maxRetries = limits.maxRetries();
        this.limitsConnections = limits.maxConnections() != null || limits.maxPending() != null;
        this.tally = tally;
    }

    private static int orAny(@Nullable Integer most) {
        return most == null ? Integer.MAX_VALUE : most;
    }

    /** Calls under way. */
    public Limit calls() {
        return calls;
    }

    /** Calls that wait for a connection. */
    public Limit pending() {
        return pending;
    }

    /** Connections, used or not. */
    public Limit connections() {
        return connections;
    }

    /** Retries under way. */
    public Limit retries() {
        return retries;
    }

    /** Whether connections, or those who wait for one, are limited at all. */
    public boolean limitsConnections() {
        return limitsConnections;
    }

    /** A call was refused. */
    public void overflowed() {
        tally.overflowed();
    }

    /** Takes a retry if the version's own limit allows it, or else the budget: a share of the calls under way. */
    public boolean tryRetry(Budget budget) {
        int most = maxRetries != null
                ? maxRetries
                : (int) Math.max(budget.least(), (long) budget.percent() * calls.now() / 100);
        return retries.tryAcquire(most);
    }
}
