package dev.lintel.embedded;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Lets a test write into a model. */
public final class ShapedCompiler implements PolicyCompiler<Shaped> {
    @Override
    public Class<Shaped> policy() {
        return Shaped.class;
    }

    @Override
    public String kind() {
        return Shaped.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Shaped policy, ApiDraft draft) {
        policy.shape().accept(draft);
    }
}
