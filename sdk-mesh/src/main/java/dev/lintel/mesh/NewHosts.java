package dev.lintel.mesh;

import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import java.util.List;

/**
 * Hosts that may be called for the first time. A mesh looks at the address of none of them, which a deviation says; that one
 * may be at a private address is an effect only where a definition says so.
 */
final class NewHosts {
    private NewHosts() {}

    /**
     * What was read, with the addresses of new hosts as they were said.
     *
     * @param before what was in force
     * @param now what was read of what is to be in force
     * @param said what it was written for
     */
    static MeshModel asSaid(MeshModel before, MeshModel now, MeshModel said) {
        if (now.egress().isEmpty()) {
            return now;
        }
        Evaluator known = Evaluator.of(new MeshModel(List.of(), before.egress()));
        Evaluator meant = Evaluator.of(new MeshModel(List.of(), said.egress()));
        return new MeshModel(
                now.apis(),
                now.egress().stream()
                        .map(rule -> known.egressRule(rule.namespace(), rule.host()) == null ? as(rule, meant) : rule)
                        .toList(),
                now.isolations());
    }

    private static EgressRule as(EgressRule rule, Evaluator meant) {
        EgressRule one = meant.egressRule(rule.namespace(), rule.host());
        return one == null
                ? rule
                : new EgressRule(
                        rule.namespace(),
                        rule.host(),
                        rule.ports(),
                        rule.onlyFor(),
                        one.privateAddresses(),
                        rule.gateway(),
                        rule.origin());
    }
}
