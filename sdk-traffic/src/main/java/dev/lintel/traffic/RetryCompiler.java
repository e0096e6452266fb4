package dev.lintel.traffic;

import dev.lintel.core.model.RetryRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Retry} its meaning. */
public final class RetryCompiler implements PolicyCompiler<Retry> {
    /** For the service loader. */
    public RetryCompiler() {}

    @Override
    public Class<Retry> policy() {
        return Retry.class;
    }

    @Override
    public String kind() {
        return Retry.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Retry policy, ApiDraft draft) {
        Retry.BackOff pauses = policy.backOff();
        Retry.Budget share = policy.budget();
        draft.retry(new RetryRule(
                policy.attempts(),
                policy.perTry(),
                policy.nonIdempotent(),
                policy.failures().isEmpty() ? RetryRule.DEFAULT_ON : policy.failures(),
                policy.statuses(),
                pauses == null ? RetryRule.Backoff.DEFAULT : new RetryRule.Backoff(pauses.base(), pauses.most()),
                share == null ? RetryRule.Budget.DEFAULT : new RetryRule.Budget(share.percent(), share.least()),
                draft.origin()));
    }
}
