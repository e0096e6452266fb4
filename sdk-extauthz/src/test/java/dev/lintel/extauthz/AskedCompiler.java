package dev.lintel.extauthz;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Asked} its meaning. */
public final class AskedCompiler implements PolicyCompiler<Asked> {
    /** For the service loader. */
    public AskedCompiler() {}

    @Override
    public Class<Asked> policy() {
        return Asked.class;
    }

    @Override
    public String kind() {
        return Asked.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(Asked policy, ApiDraft draft) {
        draft.authorizer(policy.rule());
    }
}
