package dev.lintel.mesh.raw;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RawField} its meaning. */
public final class RawFieldCompiler implements PolicyCompiler<RawField> {
    /** For the service loader. */
    public RawFieldCompiler() {}

    @Override
    public Class<RawField> policy() {
        return RawField.class;
    }

    @Override
    public String kind() {
        return RawField.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.DOCUMENT;
    }

    @Override
    public void compile(RawField policy, ApiDraft draft) {
        draft.guard(new RawRule(policy, draft.origin()));
    }
}
