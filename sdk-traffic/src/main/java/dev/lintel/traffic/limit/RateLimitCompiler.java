package dev.lintel.traffic.limit;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RateLimit} its meaning. */
public final class RateLimitCompiler implements PolicyCompiler<RateLimit> {
    /** For the service loader. */
    public RateLimitCompiler() {}

    @Override
    public Class<RateLimit> policy() {
        return RateLimit.class;
    }

    @Override
    public String kind() {
        return RateLimit.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(RateLimit policy, ApiDraft draft) {
        draft.guard(new RateLimitRule(policy, draft.origin()));
    }
}
