package dev.lintel.traffic;

import dev.lintel.core.Durations;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gives {@link Breaker} its meaning. */
public final class BreakerCompiler implements PolicyCompiler<Breaker> {
    /** For the service loader. */
    public BreakerCompiler() {}

    @Override
    public Class<Breaker> policy() {
        return Breaker.class;
    }

    @Override
    public String kind() {
        return Breaker.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Breaker policy, ApiDraft draft) {
        BreakerRule.Outliers outliers = outliers(policy);
        BreakerRule.Limits limits = new BreakerRule.Limits(
                policy.maxConnections(), policy.maxPending(), policy.maxRequests(), policy.maxRetries());
        if (outliers == null && policy.saysHowLong()) {
            draft.problem(
                    "breaker.counts-nothing",
                    "says how workloads are left out, but counts nothing after which they are",
                    "say consecutive5xx, consecutiveGatewayErrors or consecutiveLocalFailures above 0");
        } else if (outliers == null && limits.equals(BreakerRule.Limits.NONE)) {
            draft.problem(
                    "breaker.nothing",
                    "counts nothing and limits nothing",
                    "leave it out, or say a count above 0 or a limit");
        }
        if (outliers != null && outliers.maxEjection().compareTo(outliers.baseEjection()) < 0) {
            draft.problem(
                    "breaker.ejection",
                    "leaves a workload out for " + Durations.write(outliers.baseEjection()) + ", but at most for "
                            + Durations.write(outliers.maxEjection()),
                    "raise atMostEjectedFor, or lower ejectFor");
        }
        draft.breaker(new BreakerRule(outliers, limits, draft.origin()));
    }

    /** Null if nothing is counted. */
    private static BreakerRule.@Nullable Outliers outliers(Breaker said) {
        int serverErrors = or(said.consecutive5xx(), Breaker.CONSECUTIVE_5XX);
        int gatewayErrors = or(said.consecutiveGatewayErrors(), 0);
        int local = or(said.consecutiveLocalFailures(), 0);
        if (serverErrors == 0 && gatewayErrors == 0 && local == 0) {
            return null;
        }
        Duration base = or(said.ejectFor(), Breaker.EJECT_FOR);
        Duration longest = base.compareTo(Breaker.AT_MOST_EJECTED_FOR) > 0 ? base : Breaker.AT_MOST_EJECTED_FOR;
        return new BreakerRule.Outliers(
                serverErrors,
                gatewayErrors,
                said.consecutiveLocalFailures() != null,
                local,
                or(said.every(), Breaker.EVERY),
                base,
                or(said.atMostEjectedFor(), longest),
                or(said.jitter(), Duration.ZERO),
                said.maxEjectionPercent());
    }

    private static <T> T or(@Nullable T said, T usual) {
        return said == null ? usual : said;
    }
}
