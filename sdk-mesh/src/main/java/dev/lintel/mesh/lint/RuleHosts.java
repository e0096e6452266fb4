package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** DestinationRules for hosts that nobody serves, or that another one speaks about too. */
final class RuleHosts implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, Manifest> seen = new LinkedHashMap<>();
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            String host = DestinationRules.host(rule);
            if (scene.isNobody(host)) {
                report.add(
                        LintCode.RULE_HOST_UNKNOWN,
                        rule,
                        "spec.host",
                        "nobody serves '" + host + "'",
                        "name a Service or a host of a ServiceEntry, in full where it is in another namespace");
            }
            if (Part.of(rule).get("workloadSelector").isThere()) {
                continue;
            }
            Part policy = Part.of(rule).get("trafficPolicy");
            if (policy.isThere()) {
                twice(seen, host + "\n", rule, policy, "a trafficPolicy", report);
            }
            for (Part subset : Part.of(rule).get("subsets").items()) {
                String name = subset.get("name").text();
                twice(seen, host + "\n" + name, rule, subset, "the subset '" + name + "'", report);
            }
        }
    }

    private static void twice(
            Map<String, Manifest> seen, String key, Manifest rule, Part part, String what, Report report) {
        Manifest other = seen.putIfAbsent(key, rule);
        if (other != null && !other.equals(rule)) {
            report.add(
                    LintCode.RULE_HOST_TWICE,
                    rule,
                    part.path(),
                    "'" + DestinationRules.host(rule) + "' has " + what + " in " + other.id() + " too: only one counts",
                    "put all about one host into one DestinationRule, in the namespace of its service");
        }
    }
}
