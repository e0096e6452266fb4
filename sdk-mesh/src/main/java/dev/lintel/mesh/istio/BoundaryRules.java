package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.IsolationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells the DENY rules that keep a boundary of a namespace from others. */
final class BoundaryRules {
    private BoundaryRules() {}

    /** Whether a rule keeps who comes out of isolated namespaces out of a workload, or strangers out of its own namespace. */
    static boolean isOne(PolicyRule rule, String namespace, Set<String> isolated) {
        if (!isPlain(rule)) {
            return false;
        }
        Source source = rule.sources().get(0);
        if (source.in().isEmpty()) {
            return isolated.contains(namespace) && isInto(rule, namespace);
        }
        return source.notIn().isEmpty() && source.in().stream().allMatch(who -> isolated.contains(who.namespace()));
    }

    /** Whether a rule refuses everybody but those of a namespace, and some more. */
    static boolean isInto(PolicyRule rule, String namespace) {
        return isPlain(rule)
                && rule.sources().get(0).in().isEmpty()
                && rule.sources().get(0).notIn().contains(new Who(namespace, null));
    }

    /** The boundary that two rules keep: whoever one of them refuses is refused. */
    static IsolationRule both(IsolationRule one, IsolationRule other) {
        List<Peer> from = new ArrayList<>();
        one.from().stream().filter(peer -> isWithin(peer, other)).forEach(from::add);
        other.from().stream().filter(peer -> isWithin(peer, one)).forEach(from::add);
        return new IsolationRule(one.namespace(), from, List.of(), one.origin());
    }

    private static boolean isWithin(Peer peer, IsolationRule rule) {
        return rule.from().stream().anyMatch(wide -> wide.covers(peer));
    }

    private static boolean isPlain(PolicyRule rule) {
        List<Source> sources = rule.sources();
        return sources.size() == 1
                && rule.operations().isEmpty()
                && rule.grant().equals(Grant.NONE)
                && sources.get(0).of().isEmpty()
                && sources.get(0).tokens() == Source.Tokens.NOT_ASKED;
    }
}
