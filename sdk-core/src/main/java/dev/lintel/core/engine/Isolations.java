package dev.lintel.core.engine;

import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

    List<Problem> warnings(MeshModel model) {
        List<Problem> warnings = new ArrayList<>(empty(model));
        if (model.egress().isEmpty()) {
            rules.values().forEach(rule -> warnings.add(open(rule)));
        }
        return warnings;
    }

    /** Whoever isolates a namespace may believe that nothing leaves it, but what leaves the world is said by egress alone. */
    private static Problem open(IsolationRule rule) {
        return new Problem(
                "isolation.egress-open",
                rule.id(),
                "workloads of '" + rule.namespace()
                        + "' may still call everything outside of this world, because nothing says what may leave",
                "say Api.egress(…) for what it needs; once one host is said, nothing else leaves",
                rule.origin());
    }

    /** A boundary around a namespace in which nothing is said to be may be a slip that leaves another one open. */
    private List<Problem> empty(MeshModel model) {
        Set<String> known = new TreeSet<>();
        model.apis().forEach(api -> known.add(api.namespace()));
        if (known.isEmpty()) {
            return List.of();
        }
        model.egress().forEach(rule -> known.add(rule.namespace()));
        return rules.values().stream()
                .filter(rule -> !known.contains(rule.namespace()))
                .map(rule -> new Problem(
                        "isolation.empty",
                        rule.id(),
                        "is a boundary around '" + rule.namespace() + "', where no API is and nothing leaves",
                        Spelling.near(rule.namespace(), known)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("leave it as it is if workloads that no definition speaks of live there"),
                        rule.origin()))
                .toList();
    }
}
