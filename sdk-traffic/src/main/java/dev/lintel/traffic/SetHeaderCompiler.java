package dev.lintel.traffic;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link SetHeader} its meaning. */
public final class SetHeaderCompiler implements PolicyCompiler<SetHeader> {
    /** For the service loader. */
    public SetHeaderCompiler() {}

    @Override
    public Class<SetHeader> policy() {
        return SetHeader.class;
    }

    @Override
    public String kind() {
        return SetHeader.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(SetHeader policy, ApiDraft draft) {
        if (policy.message() == SetHeader.Message.REQUEST) {
            draft.requestHeader(policy.name(), policy.value());
        } else {
            draft.responseHeader(policy.name(), policy.value());
        }
    }
}
