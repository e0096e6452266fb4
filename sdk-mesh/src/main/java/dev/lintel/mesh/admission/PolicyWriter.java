package dev.lintel.mesh.admission;

import static dev.lintel.mesh.Trees.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guard rails as the apiserver's own policies.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes,
 *     Validating Admission Policy</a>
 */
final class PolicyWriter {
    private static final String VERSION = "admissionregistration.k8s.io/v1";

    private final String name;
    private final Action action;
    private final Places places;

    PolicyWriter(String name, Action action, Places places) {
        this.name = name;
        this.action = action;
        this.places = places;
    }

    List<AdmissionObject> write(List<GuardRail> rails) {
        List<AdmissionObject> objects = new ArrayList<>();
        rails.forEach(rail -> objects.add(policy(rail)));
        // A binding is what puts a policy in force, so it comes when all are there.
        rails.forEach(rail -> objects.add(new AdmissionObject(
                VERSION,
                "ValidatingAdmissionPolicyBinding",
                name + "-" + rail.name(),
                map(
                        "spec",
                        map(
                                "policyName",
                                name + "-" + rail.name(),
                                "validationActions",
                                List.of(action.apiserver()))))));
        return objects;
    }

    private AdmissionObject policy(GuardRail rail) {
        List<Object> variables = new ArrayList<>();
        variables.add(map("name", "now", "expression", "object != null ? object : {}"));
        variables.add(map("name", "before", "expression", "oldObject != null ? oldObject : {}"));
        List<Object> validations = new ArrayList<>();
        for (Rule rule : rail.rules()) {
            variables.add(map("name", rule.name(), "expression", Cel.of(rule.offenders())));
            String found = "variables." + rule.name();
            validations.add(map(
                    "expression",
                    "!(" + Cel.of(rule.applies()) + ") || " + found + ".size() == 0",
                    "messageExpression",
                    Cel.of(rule.message(found + "[0]")),
                    "message",
                    rule.code() + ": " + rule.hint(),
                    "reason",
                    "Forbidden"));
        }
        return new AdmissionObject(
                VERSION,
                "ValidatingAdmissionPolicy",
                name + "-" + rail.name(),
                map(
                        "spec",
                        map(
                                "failurePolicy",
                                "Fail",
                                "matchConstraints",
                                map(
                                        "matchPolicy",
                                        "Equivalent",
                                        "namespaceSelector",
                                        places.selector(List.of()),
                                        "resourceRules",
                                        rules(List.of(rail))),
                                "variables",
                                variables,
                                "validations",
                                validations)));
    }

    /** In every version: another one may come with the next release of its owner. */
    static List<Object> rules(List<GuardRail> rails) {
        Map<List<String>, List<Rule>> byOperations = new LinkedHashMap<>();
        rails.forEach(rail -> byOperations
                .computeIfAbsent(rail.operations(), operations -> new ArrayList<>())
                .addAll(rail.rules()));
        List<Object> rules = new ArrayList<>();
        byOperations.forEach((operations, all) -> Rule.byGroup(all, Resource::plural)
                .forEach((group, plurals) -> rules.add(map(
                        "apiGroups",
                        List.of(group),
                        "apiVersions",
                        List.of("*"),
                        "resources",
                        List.copyOf(plurals),
                        "operations",
                        operations,
                        "scope",
                        "Namespaced"))));
        return rules;
    }
}
