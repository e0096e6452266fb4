package dev.lintel.core.engine;

import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the boundaries of namespaces; one namespace has one. */
final class Isolations {
    private final List<Problem> problems;
    private final Map<String, IsolationRule> rules = new TreeMap<>();

    Isolations(List<Problem> problems) {
        this.problems = problems;
    }

    void add(IsolationDefinition said) {
        IsolationRule rule =
                new IsolationRule(said.namespace(), peers(said.allowFrom()), peers(said.allowTo()), said.origin());
        IsolationRule first = rules.putIfAbsent(said.namespace(), rule);
        if (first != null) {
            problems.add(new Problem(
                    "isolation.twice",
                    said.id(),
                    "is said twice" + first.origin().after(", first at "),
                    "say once who may cross the boundary",
                    said.origin()));
        }
    }

    private static List<Peer> peers(Collection<String> texts) {
        return texts.stream().map(Peer::parse).toList();
    }

    List<IsolationRule> sorted() {
        return List.copyOf(rules.values());
    }

    /** Whoever isolates a namespace may believe that nothing leaves it, but what leaves the world is said by egress alone. */
    List<Problem> warnings(List<EgressRule> egress) {
        if (!egress.isEmpty()) {
            return List.of();
        }
        return rules.values().stream()
                .map(rule -> new Problem(
                        "isolation.egress-open",
                        rule.id(),
                        "may still call everything outside of this world, because nothing says what may leave",
                        "say Api.egress(…) for what it needs; once one host is said, nothing else leaves",
                        rule.origin()))
                .toList();
    }
}
