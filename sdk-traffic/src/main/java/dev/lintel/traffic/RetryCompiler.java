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
        draft.retry(new RetryRule(policy.attempts(), policy.perTry(), policy.nonIdempotent(), draft.origin()));
    }
}
