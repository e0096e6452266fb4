package dev.lintel.traffic;

import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Mirror} its meaning. */
public final class MirrorCompiler implements PolicyCompiler<Mirror> {
    /** For the service loader. */
    public MirrorCompiler() {}

    @Override
    public Class<Mirror> policy() {
        return Mirror.class;
    }

    @Override
    public String kind() {
        return Mirror.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Mirror policy, ApiDraft draft) {
        draft.mirror(new MirrorRule(policy.version(), policy.percent(), draft.origin()));
    }
}
