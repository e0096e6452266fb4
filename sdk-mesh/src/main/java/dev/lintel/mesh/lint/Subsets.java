package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Subsets without workloads, and those that tell nothing apart: no labels, and no traffic policy of their own. */
final class Subsets implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            String host = DestinationRules.host(rule);
            for (Part subset : Part.of(rule).get("subsets").items()) {
                Map<String, String> labels = subset.get("labels").labels();
                if (labels.isEmpty() && !subset.get("trafficPolicy").isThere()) {
                    report.add(
                            LintCode.SUBSET_WITHOUT_LABELS,
                            rule,
                            subset.path(),
                            "the subset '" + subset.get("name").text() + "' has no labels: it is all of '" + host + "'",
                            "say the labels that tell its workloads apart");
                } else if (!labels.isEmpty() && isEmpty(scene, host, labels)) {
                    report.add(
                            LintCode.EMPTY_SUBSET,
                            rule,
                            subset.get("labels").path(),
                            "no workload of '" + host + "' carries " + labels + ": calls to the subset '"
                                    + subset.get("name").text() + "' are answered 503",
                            "have its workloads ready before anything is routed to it");
                }
            }
        }
    }

    private static boolean isEmpty(Scene scene, String host, Map<String, String> labels) {
        List<Workload> workloads = scene.workloads(Scene.namespace(host));
        Map<String, String> wanted = new LinkedHashMap<>(labels);
        scene.services(host)
                .forEach(service ->
                        wanted.putAll(Part.of(service).get("selector").labels()));
        return !workloads.isEmpty() && workloads.stream().noneMatch(each -> each.carries(wanted));
    }
}
