package dev.lintel.traffic;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RemoveHeader} its meaning. */
public final class RemoveHeaderCompiler implements PolicyCompiler<RemoveHeader> {
    /** For the service loader. */
    public RemoveHeaderCompiler() {}

    @Override
    public Class<RemoveHeader> policy() {
        return RemoveHeader.class;
    }

    @Override
    public String kind() {
        return RemoveHeader.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(RemoveHeader policy, ApiDraft draft) {
        if (policy.message() == SetHeader.Message.REQUEST) {
            draft.removeRequestHeader(policy.name());
        } else {
            draft.removeResponseHeader(policy.name());
        }
    }
}
