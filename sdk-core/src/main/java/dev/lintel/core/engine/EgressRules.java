package dev.lintel.core.engine;

import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what may leave; one host is said once for a namespace. */
final class EgressRules {
    private final List<Problem> problems;
    private final List<EgressRule> rules = new ArrayList<>();

    EgressRules(List<Problem> problems) {
        this.problems = problems;
    }

    void add(Definition definition) {
        if (definition instanceof EgressDefinition said) {
            rules.stream()
                    .filter(rule ->
                            rule.host().equals(said.host()) && rule.namespace().equals(said.namespace()))
                    .findFirst()
                    .ifPresent(first -> problems.add(new Problem(
                            "egress.twice",
                            said.id(),
                            "is said twice" + first.origin().after(", first at "),
                            "say once who may call it",
                            said.origin())));
            rules.add(new EgressRule(
                    said.namespace(),
                    said.host(),
                    said.ports(),
                    said.onlyFor(),
                    said.privateAddresses(),
                    said.origin()));
        }
    }

    List<EgressRule> sorted() {
        rules.sort(Comparator.comparing(EgressRule::namespace).thenComparing(EgressRule::host));
        return rules;
    }
}
