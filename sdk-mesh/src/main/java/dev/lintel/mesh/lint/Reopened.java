package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ALLOW rules are a union: one that asks less opens what another one closes on the same workload. */
final class Reopened implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        List<Manifest> policies = scene.all(Scene.AUTHORIZATION).stream()
                .filter(one -> Policies.action(one).equals("ALLOW"))
                .toList();
        Map<String, List<Manifest>> neighbours = neighbours(scene, policies);
        for (Manifest policy : policies) {
            Scope scope = Scope.of(policy);
            Set<Manifest> others = new LinkedHashSet<>();
            keys(scene, scope).forEach(key -> others.addAll(neighbours.getOrDefault(key, List.of())));
            for (Manifest other : others) {
                if (scope.meets(Scope.of(other), scene)) {
                    compare(policy, other, report);
                }
            }
        }
    }

    /** Policies by what they may have in common, so that many policies for many workloads are not all compared. */
    private static Map<String, List<Manifest>> neighbours(Scene scene, List<Manifest> policies) {
        Map<String, List<Manifest>> neighbours = new LinkedHashMap<>();
        for (Manifest policy : policies) {
            keys(scene, Scope.of(policy))
                    .forEach(key -> neighbours
                            .computeIfAbsent(key, k -> new ArrayList<>())
                            .add(policy));
        }
        return neighbours;
    }

    private static List<String> keys(Scene scene, Scope scope) {
        List<String> keys = new ArrayList<>();
        String where = scope.namespace() + " ";
        scope.labels().forEach((name, value) -> keys.add(where + name + "=" + value));
        scope.targets().forEach(target -> keys.add(where + target));
        if (scope.isForTheNamespace()) {
            keys.add(where);
        }
        for (Workload each : scene.workloads(scope.namespace())) {
            if (scope.selects(each)) {
                keys.add(each.manifest().id());
            }
        }
        return keys;
    }

    /** A rule with what it asks for. */
    private record Asked(Part rule, List<Demand> ways) {}

    private static List<Asked> asked(Manifest policy) {
        return Policies.rules(policy).stream()
                .map(rule -> new Asked(rule, Demand.of(rule)))
                .toList();
    }

    private static void compare(Manifest policy, Manifest other, Report report) {
        boolean same = policy.equals(other);
        List<Asked> mine = asked(policy);
        List<Asked> theirs = same ? mine : asked(other);
        for (int i = 0; i < mine.size(); i++) {
            for (int j = 0; j < theirs.size(); j++) {
                Asked rule = mine.get(i);
                Asked its = theirs.get(j);
                if (same && i == j) {
                    continue;
                }
                rule.ways().stream()
                        .filter(one -> its.ways().stream().anyMatch(one::reopens))
                        .findFirst()
                        .ifPresent(one -> report.add(
                                LintCode.REOPENED,
                                policy,
                                rule.rule().path(),
                                "allows requests of which " + other.id() + " "
                                        + its.rule().path()
                                        + " asks more: one ALLOW is enough, so that nobody needs what the other asks",
                                "leave them out here (notPaths), or ask the same"));
            }
        }
    }
}
