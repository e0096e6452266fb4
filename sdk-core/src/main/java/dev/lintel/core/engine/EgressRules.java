package dev.lintel.core.engine;

import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what may leave; one host is said once for a namespace, and the narrower of two hosts governs alone. */
final class EgressRules {
    private final List<Problem> problems;
    private final List<Problem> warnings;
    private final List<EgressRule> rules = new ArrayList<>();

    EgressRules(List<Problem> problems, List<Problem> warnings) {
        this.problems = problems;
        this.warnings = warnings;
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
                    said.gateway(),
                    said.origin()));
        }
    }

    List<EgressRule> sorted() {
        rules.sort(Comparator.comparing(EgressRule::namespace).thenComparing(EgressRule::host));
        for (EgressRule rule : rules) {
            rules.stream()
                    .filter(other -> covers(other, rule))
                    .max(Comparator.comparingInt(other -> other.host().length()))
                    .ifPresent(wider -> compare(rule, wider));
        }
        return rules;
    }

    private static boolean covers(EgressRule wider, EgressRule rule) {
        return wider.namespace().equals(rule.namespace())
                && wider.host().startsWith("*")
                && rule.host().length() > wider.host().length()
                && rule.host().endsWith(wider.host().substring(1));
    }

    /** Whoever reads the wider rule alone believes that it holds everywhere below its host. */
    private void compare(EgressRule rule, EgressRule wider) {
        boolean others = !rule.onlyFor().isEmpty()
                && (wider.onlyFor().isEmpty() || !rule.onlyFor().containsAll(wider.onlyFor()));
        boolean ports = !rule.ports().containsAll(wider.ports());
        if (others || ports) {
            warnings.add(new Problem(
                    "egress.narrower",
                    rule.id(),
                    "governs its host alone: what '" + wider.host() + "'"
                            + wider.origin().after(" at ") + " lets out to "
                            + (others ? ports ? "other applications and ports" : "other applications" : "other ports")
                            + " does not leave for it",
                    "if it should, say it for this host too",
                    rule.origin()));
        }
    }
}
