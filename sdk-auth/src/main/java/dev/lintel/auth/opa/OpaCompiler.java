package dev.lintel.auth.opa;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Opa} its meaning. */
public final class OpaCompiler implements PolicyCompiler<Opa> {
    /** For the service loader. */
    public OpaCompiler() {}

    @Override
    public Class<Opa> policy() {
        return Opa.class;
    }

    @Override
    public String kind() {
        return Opa.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(Opa policy, ApiDraft draft) {
        Asking.write(Asking.rule(policy, draft), draft);
    }
}
