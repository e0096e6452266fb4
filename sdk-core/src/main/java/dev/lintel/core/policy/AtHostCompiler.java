package dev.lintel.core.policy;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link AtHost} its meaning. */
public final class AtHostCompiler implements PolicyCompiler<AtHost> {
    /** For the service loader. */
    public AtHostCompiler() {}

    @Override
    public Class<AtHost> policy() {
        return AtHost.class;
    }

    @Override
    public String kind() {
        return AtHost.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(AtHost policy, ApiDraft draft) {
        draft.host(policy.host());
    }
}
