package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sidecars that fight over workloads, leave a mode open, or cut workloads off. */
final class Sidecars implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, Manifest> ofNamespace = new LinkedHashMap<>();
        for (Manifest sidecar : scene.all(Scene.SIDECAR)) {
            if (scene.scope(sidecar).isForTheNamespace()) {
                Manifest other = ofNamespace.putIfAbsent(sidecar.namespace(), sidecar);
                if (other != null) {
                    report.add(
                            LintCode.SIDECARS_OF_NAMESPACE,
                            sidecar,
                            "spec.workloadSelector",
                            "is for all workloads of '" + sidecar.namespace() + "', and so is " + other.id()
                                    + ": which of them counts is not defined",
                            "merge the two");
                }
            } else {
                workload(scene, sidecar, report);
            }
            mode(sidecar, report);
            egress(sidecar, scene.root(), report);
        }
    }

    private static void workload(Scene scene, Manifest sidecar, Report report) {
        Scope scope = scene.scope(sidecar);
        for (Manifest other : scene.all(Scene.SIDECAR, sidecar.namespace())) {
            Scope its = scene.scope(other);
            if (other.name().compareTo(sidecar.name()) >= 0 || its.isForTheNamespace()) {
                continue;
            }
            boolean both = its.equals(scope) || scene.workloads(scope).stream().anyMatch(its::selects);
            if (both) {
                report.add(
                        LintCode.SIDECARS_OF_WORKLOAD,
                        sidecar,
                        "spec.workloadSelector",
                        "selects workloads that " + other.id() + " selects too: which of them counts is not defined",
                        "merge the two, or select by labels that tell them apart");
            }
        }
    }

    private static void mode(Manifest sidecar, Report report) {
        Part policy = Part.of(sidecar).get("outboundTrafficPolicy");
        if (policy.isThere() && policy.get("mode").text().isEmpty()) {
            report.add(
                    LintCode.OUTBOUND_MODE,
                    sidecar,
                    policy.path(),
                    "says no mode: the first one, REGISTRY_ONLY, is lost when the object is written without it",
                    "say mode: REGISTRY_ONLY or ALLOW_ANY");
        }
    }

    private static void egress(Manifest sidecar, String root, Report report) {
        Part egress = Part.of(sidecar).get("egress");
        List<String> hosts =
                Part.items(egress.items(), "hosts").stream().map(Part::text).toList();
        boolean reached = hosts.stream().anyMatch(host -> host.startsWith("*/") || host.startsWith(root + "/"));
        if (!hosts.isEmpty() && !reached) {
            report.add(
                    LintCode.SIDECAR_CUTS_OFF,
                    sidecar,
                    egress.path(),
                    hosts + " leaves out '" + root + "/*', where telemetry and gateways are",
                    "add '" + root + "/*', and './*' for the own namespace");
        }
    }
}
