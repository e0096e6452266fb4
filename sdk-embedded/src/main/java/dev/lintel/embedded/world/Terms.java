package dev.lintel.embedded.world;

import dev.lintel.core.Origin;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.BreakerRule.Outliers;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.Service;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the workloads of a service, without the lines that said it: equal terms keep what is known about the
 * workloads.
 *
 * @param outliers when a workload is put out; null never
 * @param limits how much is taken at once
 * @param balance which workload gets a call; null for one after the other
 * @param health how workloads are asked whether they are well; null not at all
 * @param retried whether nothing is said but that calls are tried again, within a budget
 */
record Terms(
        @Nullable Outliers outliers,
        Limits limits,
        @Nullable BalanceRule balance,
        @Nullable HealthRule health,
        boolean retried) {
    static Terms of(Service service) {
        BreakerRule breaker = service.traffic().breaker();
        BalanceRule balance = service.traffic().balance();
        HealthRule health = service.traffic().health();
        Origin none = Origin.unknown();
        Terms terms = new Terms(
                breaker == null ? null : breaker.outliers(),
                breaker == null ? Limits.NONE : breaker.limits(),
                balance == null
                        ? null
                        : new BalanceRule(balance.algorithm(), balance.hashOn(), balance.localityFirst(), none),
                health == null
                        ? null
                        : new HealthRule(
                                health.path(),
                                health.interval(),
                                health.timeout(),
                                health.unhealthyAfter(),
                                health.healthyAfter(),
                                none),
                false);
        return terms.governs() || service.retry() == null ? terms : new Terms(null, Limits.NONE, null, null, true);
    }

    /** Whether anything is said, so that something must be kept in mind. */
    boolean governs() {
        return outliers != null || !limits.equals(Limits.NONE) || balance != null || health != null || retried;
    }
}
