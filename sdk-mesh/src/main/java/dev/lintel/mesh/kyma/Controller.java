package dev.lintel.mesh.kyma;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Kyma's controller makes of the rules of an APIRule, with its mistakes: a VirtualService in which the first rule
 * wins, and ALLOW policies of which each takes out the paths of some earlier rules, and whose union counts.
 *
 * <p>A policy takes out the paths of rules that come before the first rule with the same path and share a method with it,
 * but never {@code /} and {@code /*}. So whatever comes between two rules with one path is open to the second one, and
 * what is asked at {@code /} is open to a rule for every path.
 *
 * @see <a href="https://github.com/kyma-project/api-gateway/tree/main/internal/processing/processors/v2alpha1">Kyma, API
 *     Gateway: processors</a>
 */
final class Controller {
    private final List<Rule> rules;
    private final List<Policy> policies = new ArrayList<>();

    Controller(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        rules.forEach(rule -> policies.add(new Policy(rule, notPaths(rules, rule))));
    }

    /**
     * An ALLOW policy for what the gateway sends.
     *
     * @param rule the rule of which it is made
     * @param notPaths paths that are taken out of its own
     */
    record Policy(Rule rule, List<RulePath> notPaths) {
        boolean allows(String path, String method) {
            return rule.methods().contains(method)
                    && rule.path().matches(path)
                    && notPaths.stream().noneMatch(not -> not.matches(path));
        }
    }

    /** The rule by which a request is sent on; empty where it is answered 404. */
    Optional<Rule> routed(String path, String method) {
        return rules.stream().filter(rule -> rule.routes(path, method)).findFirst();
    }

    /** What is asked of a request at the workloads of a service. */
    Requirement asked(String path, String method, Rule.Backend backend) {
        return asked(
                List.of(this),
                path,
                method,
                one -> one.name().equals(backend.name()) && one.namespace().equals(backend.namespace()));
    }

    /** What the policies of several APIRules ask of a request at some workloads: the union of what they allow. */
    static Requirement asked(List<Controller> all, String path, String method, Predicate<Rule.Backend> workloads) {
        List<Grant> grants = new ArrayList<>();
        for (Controller controller : all) {
            for (Policy policy : controller.policies) {
                if (!workloads.test(policy.rule().backend()) || !policy.allows(path, method)) {
                    continue;
                }
                if (policy.rule().requirement().equals(Requirement.PUBLIC)) {
                    return Requirement.PUBLIC;
                }
                if (policy.rule().requirement() instanceof Requirement.Token token) {
                    token.anyOf().stream()
                            .filter(grant -> !grants.contains(grant))
                            .forEach(grants::add);
                }
            }
        }
        return any(grants);
    }

    /** One of some grants; a grant that asks for nothing takes the others in. */
    static Requirement any(List<Grant> grants) {
        return grants.isEmpty()
                ? Requirement.DENIED
                : grants.contains(Grant.NONE)
                        ? Requirement.TOKEN
                        : new Requirement.Token(grants.stream().distinct().toList());
    }

    private static List<RulePath> notPaths(List<Rule> rules, Rule current) {
        List<RulePath> not = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.path().equals(current.path())) {
                return not;
            }
            boolean skipped = rule.path().equals(RulePath.ROOT) || rule.path().equals(RulePath.ALL);
            if (!skipped && rule.methods().stream().anyMatch(current.methods()::contains)) {
                not.add(rule.path());
            }
        }
        return not;
    }
}
