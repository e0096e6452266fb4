package dev.lintel.auth.opa;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link ExtAuthz} its meaning. */
public final class ExtAuthzCompiler implements PolicyCompiler<ExtAuthz> {
    /** For the service loader. */
    public ExtAuthzCompiler() {}

    @Override
    public Class<ExtAuthz> policy() {
        return ExtAuthz.class;
    }

    @Override
    public String kind() {
        return ExtAuthz.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(ExtAuthz policy, ApiDraft draft) {
        Asking.write(Asking.rule(policy, draft), draft);
    }
}
