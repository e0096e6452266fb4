package dev.lintel.embedded;

import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BalanceRule.HashOn;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.BreakerRule.Outliers;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.RetryRule.Backoff;
import dev.lintel.core.model.RetryRule.Budget;
import java.time.Duration;
import java.util.Set;

/** What the model can say about workloads, said directly, so that the gateway is tested without the verbs. */
record Ruled(Outliers outliers, Limits limits, BalanceRule balance, HealthRule health, RetryRule retry)
        implements Policy {
    static final String KIND = "test.ruled/v1";
    static final Ruled NOTHING = new Ruled(null, Limits.NONE, null, null, null);

    /** Envoy's numbers: sweeps each 10 s, 30 s for the first ejection, 300 s at the most; any share may be out. */
    static Ruled out(int consecutive5xx) {
        return NOTHING.outliers(new Outliers(
                consecutive5xx,
                0,
                false,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                Duration.ZERO,
                100));
    }

    static Ruled limited(Integer connections, Integer pending, Integer requests) {
        return new Ruled(null, new Limits(connections, pending, requests, null), null, null, null);
    }

    static Ruled balanced(Algorithm algorithm, HashOn on, boolean near) {
        return new Ruled(null, Limits.NONE, new BalanceRule(algorithm, on, near, Origin.unknown()), null, null);
    }

    static Ruled asked(int unhealthyAfter, int healthyAfter) {
        HealthRule health = new HealthRule(
                "/healthz",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                unhealthyAfter,
                healthyAfter,
                Origin.unknown());
        return new Ruled(null, Limits.NONE, null, health, null);
    }

    Ruled outliers(Outliers said) {
        return new Ruled(said, limits, balance, health, retry);
    }

    /** Tries again without pauses, so that a test need not wait. */
    Ruled retried(int attempts, RetryOn... on) {
        Set<RetryOn> conditions = on.length == 0 ? RetryRule.DEFAULT_ON : Set.of(on);
        return retried(new RetryRule(
                attempts,
                null,
                false,
                conditions,
                Set.of(),
                new Backoff(Duration.ofNanos(1), Duration.ofNanos(1)),
                Budget.DEFAULT,
                Origin.unknown()));
    }

    Ruled retried(RetryRule rule) {
        return new Ruled(outliers, limits, balance, health, rule);
    }

    BreakerRule breaker() {
        return outliers == null && limits.equals(Limits.NONE)
                ? null
                : new BreakerRule(outliers, limits, Origin.unknown());
    }

    @Override
    public String kind() {
        return KIND;
    }
}
