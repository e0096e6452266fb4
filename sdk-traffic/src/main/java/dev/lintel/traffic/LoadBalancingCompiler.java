package dev.lintel.traffic;

import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link LoadBalancing} its meaning. */
public final class LoadBalancingCompiler implements PolicyCompiler<LoadBalancing> {
    /** For the service loader. */
    public LoadBalancingCompiler() {}

    @Override
    public Class<LoadBalancing> policy() {
        return LoadBalancing.class;
    }

    @Override
    public String kind() {
        return LoadBalancing.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.TRAFFIC;
    }

    @Override
    public void compile(LoadBalancing policy, ApiDraft draft) {
        HashOn on = policy.hashOn();
        BalanceRule.HashOn hashOn = on == null ? null : new BalanceRule.HashOn(on.by(), on.name());
        draft.balance(new BalanceRule(policy.algorithm(), hashOn, policy.nearbyFirst(), draft.origin()));
    }
}
