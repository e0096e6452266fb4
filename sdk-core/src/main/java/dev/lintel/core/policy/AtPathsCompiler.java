package dev.lintel.core.policy;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link AtPaths} its meaning. */
public final class AtPathsCompiler implements PolicyCompiler<AtPaths> {
    /** For the service loader. */
    public AtPathsCompiler() {}

    @Override
    public Class<AtPaths> policy() {
        return AtPaths.class;
    }

    @Override
    public String kind() {
        return AtPaths.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(AtPaths policy, ApiDraft draft) {
        policy.paths().forEach(draft::paths);
    }
}
