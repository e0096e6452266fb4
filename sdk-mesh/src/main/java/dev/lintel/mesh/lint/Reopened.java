package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** ALLOW rules are a union: one that asks less opens what another one closes on the same workload. */
final class Reopened implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        List<Manifest> policies = scene.all(Scene.AUTHORIZATION).stream()
                .filter(one -> Policies.action(one).equals("ALLOW"))
                .toList();
        // Of objects that are equal each is a policy, and they are one neighbour.
        Map<Manifest, Policy> known = new HashMap<>();
        List<Policy> all = new ArrayList<>();
        for (Manifest policy : policies) {
            all.add(known.computeIfAbsent(policy, one -> Policy.of(one, scene)));
        }
        Map<String, List<Policy>> neighbours = neighbours(all);
        Map<String, List<Policy>> namespaces =
                all.stream().collect(Collectors.groupingBy(policy -> policy.scope.namespace()));
        Map<String, List<Policy>> wide = all.stream()
                .filter(policy -> policy.scope.isForTheNamespace())
                .collect(Collectors.groupingBy(policy -> policy.scope.namespace()));
        for (Policy policy : all) {
            Set<Policy> others = new LinkedHashSet<>();
            policy.keys.forEach(key -> others.addAll(neighbours.getOrDefault(key, List.of())));
            others.addAll(wide.getOrDefault(policy.scope.namespace(), List.of()));
            others.addAll(wide.getOrDefault(Scene.ROOT, List.of()));
            if (policy.scope.isForTheNamespace()) {
                others.addAll(
                        policy.scope.isForTheMesh()
                                ? all
                                : namespaces.getOrDefault(policy.scope.namespace(), List.of()));
            }
            for (Policy other : others) {
                if (policy.scope.meets(other.scope, scene)) {
                    compare(policy, other, report);
                }
            }
        }
    }

    /** A policy with what is asked about it again and again; two are the same only where they are one. */
    private static final class Policy {
        private final Manifest manifest;
        private final Scope scope;
        private final List<String> keys;
        private final List<Asked> asked;

        private Policy(Manifest manifest, Scope scope, List<String> keys, List<Asked> asked) {
            this.manifest = manifest;
            this.scope = scope;
            this.keys = keys;
            this.asked = asked;
        }

        static Policy of(Manifest manifest, Scene scene) {
            Scope scope = Scope.of(manifest);
            return new Policy(manifest, scope, Reopened.keys(scene, scope), Reopened.asked(manifest));
        }
    }

    /** Policies by what they may have in common, so that many policies for many workloads are not all compared. */
    private static Map<String, List<Policy>> neighbours(List<Policy> policies) {
        Map<String, List<Policy>> neighbours = new HashMap<>();
        for (Policy policy : policies) {
            for (String key : policy.keys) {
                neighbours.computeIfAbsent(key, k -> new ArrayList<>()).add(policy);
            }
        }
        return neighbours;
    }

    private static List<String> keys(Scene scene, Scope scope) {
        List<String> keys = new ArrayList<>();
        String where = scope.namespace() + " ";
        scope.labels().forEach((name, value) -> keys.add(where + name + "=" + value));
        scope.targets().forEach(target -> keys.add(where + target));
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

    private static void compare(Policy policy, Policy other, Report report) {
        boolean same = policy.equals(other);
        List<Asked> mine = policy.asked;
        List<Asked> theirs = other.asked;
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
                                policy.manifest,
                                rule.rule().path(),
                                "allows requests of which " + other.manifest.id() + " "
                                        + its.rule().path()
                                        + " asks more: one ALLOW is enough, so that nobody needs what the other asks",
                                "leave them out here (notPaths), or ask the same"));
            }
        }
    }
}
