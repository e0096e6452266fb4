package dev.lintel.core.policy;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link PathParameters} its meaning. */
public final class PathParametersCompiler implements PolicyCompiler<PathParameters> {
    /** For the service loader. */
    public PathParametersCompiler() {}

    @Override
    public Class<PathParameters> policy() {
        return PathParameters.class;
    }

    @Override
    public String kind() {
        return PathParameters.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(PathParameters policy, ApiDraft draft) {
        draft.allowPathParameters();
    }
}
