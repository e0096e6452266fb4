package dev.lintel.traffic;

import dev.lintel.core.model.Version;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link VersionOf} its meaning. */
public final class VersionOfCompiler implements PolicyCompiler<VersionOf> {
    /** For the service loader. */
    public VersionOfCompiler() {}

    @Override
    public Class<VersionOf> policy() {
        return VersionOf.class;
    }

    @Override
    public String kind() {
        return VersionOf.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(VersionOf policy, ApiDraft draft) {
        draft.version(new Version(policy.name(), policy.labels(), policy.service()));
    }
}
