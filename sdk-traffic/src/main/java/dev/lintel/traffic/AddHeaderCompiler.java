package dev.lintel.traffic;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link AddHeader} its meaning. */
public final class AddHeaderCompiler implements PolicyCompiler<AddHeader> {
    /** For the service loader. */
    public AddHeaderCompiler() {}

    @Override
    public Class<AddHeader> policy() {
        return AddHeader.class;
    }

    @Override
    public String kind() {
        return AddHeader.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(AddHeader policy, ApiDraft draft) {
        if (policy.message() == SetHeader.Message.REQUEST) {
            draft.addRequestHeader(policy.name(), policy.value());
        } else {
            draft.addResponseHeader(policy.name(), policy.value());
        }
    }
}
