package dev.lintel.traffic;

import dev.lintel.core.model.FaultRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Fault} its meaning. */
public final class FaultCompiler implements PolicyCompiler<Fault> {
    /** For the service loader. */
    public FaultCompiler() {}

    @Override
    public Class<Fault> policy() {
        return Fault.class;
    }

    @Override
    public String kind() {
        return Fault.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Fault policy, ApiDraft draft) {
        Fault.Delay delay = policy.delay();
        Fault.Abort abort = policy.abort();
        draft.fault(new FaultRule(
                delay == null ? null : new FaultRule.Delay(delay.fixed(), delay.percent()),
                abort == null ? null : new FaultRule.Abort(abort.status(), abort.percent()),
                draft.origin()));
    }
}
