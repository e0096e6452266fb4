package dev.lintel.traffic;

import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Timeout} its meaning. */
public final class TimeoutCompiler implements PolicyCompiler<Timeout> {
    /** For the service loader. */
    public TimeoutCompiler() {}

    @Override
    public Class<Timeout> policy() {
        return Timeout.class;
    }

    @Override
    public String kind() {
        return Timeout.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Timeout policy, ApiDraft draft) {
        draft.timeout(new TimeoutRule(policy.total(), draft.origin()));
    }
}
