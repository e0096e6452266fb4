package dev.lintel.traffic;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RewritePath} its meaning. */
public final class RewritePathCompiler implements PolicyCompiler<RewritePath> {
    /** For the service loader. */
    public RewritePathCompiler() {}

    @Override
    public Class<RewritePath> policy() {
        return RewritePath.class;
    }

    @Override
    public String kind() {
        return RewritePath.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(RewritePath policy, ApiDraft draft) {
        PathPattern node = new PathPattern(policy.to().segments(), false);
        draft.rewrite(new Rewrite(policy.from(), node.toString(), draft.origin()));
    }
}
