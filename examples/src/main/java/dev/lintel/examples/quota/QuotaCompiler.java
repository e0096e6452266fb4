package dev.lintel.examples.quota;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Quota} its meaning. */
public final class QuotaCompiler implements PolicyCompiler<Quota> {
    /** For the service loader. */
    public QuotaCompiler() {}

    @Override
    public Class<Quota> policy() {
        return Quota.class;
    }

    @Override
    public String kind() {
        return Quota.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Quota policy, ApiDraft draft) {
        draft.guard(new QuotaRule(policy.perMinute(), draft.origin()));
    }
}
