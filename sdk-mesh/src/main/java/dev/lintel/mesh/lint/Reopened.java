package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
            all.add(known.computeIfAbsent(policy, one -> new Policy(one, scene.scope(one), asked(one))));
        }
        Near<Policy> near = new Near<>(scene, all, policy -> policy.scope);
        for (Policy policy : all) {
            near.of(policy).forEach(other -> compare(policy, other, report));
        }
    }

    /** A policy with what is asked about it again and again; two are the same only where they are one. */
    private static final class Policy {
        private final Manifest manifest;
        private final Scope scope;
        private final List<Asked> asked;

        private Policy(Manifest manifest, Scope scope, List<Asked> asked) {
            this.manifest = manifest;
            this.scope = scope;
            this.asked = asked;
        }
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
