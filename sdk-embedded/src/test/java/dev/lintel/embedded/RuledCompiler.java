package dev.lintel.embedded;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Ruled} its meaning. */
public final class RuledCompiler implements PolicyCompiler<Ruled> {
    /** For the service loader. */
    public RuledCompiler() {}

    @Override
    public Class<Ruled> policy() {
        return Ruled.class;
    }

    @Override
    public String kind() {
        return Ruled.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(Ruled policy, ApiDraft draft) {
        if (policy.breaker() != null) {
            draft.breaker(policy.breaker());
        }
        if (policy.balance() != null) {
            draft.balance(policy.balance());
        }
        if (policy.health() != null) {
            draft.health(policy.health());
        }
        if (policy.retry() != null) {
            draft.retry(policy.retry());
        }
    }
}
