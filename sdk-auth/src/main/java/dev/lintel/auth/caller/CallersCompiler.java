package dev.lintel.auth.caller;

import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;

/** Gives {@link Callers} its meaning. */
public final class CallersCompiler implements PolicyCompiler<Callers> {
    /** For the service loader. */
    public CallersCompiler() {}

    @Override
    public Class<Callers> policy() {
        return Callers.class;
    }

    @Override
    public String kind() {
        return Callers.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(Callers policy, ApiDraft draft) {
        List<Peer> peers = new ArrayList<>();
        policy.workloads().forEach(workload -> peers.add(Peer.workload(workload, draft.namespace())));
        policy.namespaces().forEach(namespace -> peers.add(new Peer(namespace, null)));
        List<Endpoint> endpoints = policy.endpoints().isEmpty() ? List.of(Endpoint.any()) : policy.endpoints();
        for (Endpoint endpoint : endpoints) {
            draft.callers(
                    policy.everybody()
                            ? CallerRule.everybody(endpoint, draft.origin())
                            : new CallerRule(endpoint, peers, policy.entering(), draft.origin()));
        }
    }
}
