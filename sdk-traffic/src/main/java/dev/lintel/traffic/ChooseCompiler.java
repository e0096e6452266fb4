package dev.lintel.traffic;

import dev.lintel.core.model.Choice;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Choose} its meaning. */
public final class ChooseCompiler implements PolicyCompiler<Choose> {
    /** For the service loader. */
    public ChooseCompiler() {}

    @Override
    public Class<Choose> policy() {
        return Choose.class;
    }

    @Override
    public String kind() {
        return Choose.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Choose policy, ApiDraft draft) {
        draft.choice(new Choice(policy.when(), policy.version(), draft.origin()));
    }
}
