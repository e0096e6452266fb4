package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Objects for workloads that are not there, and workloads for which there is no policy. */
final class Selections implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (String kind : List.of(Scene.AUTHORIZATION, Scene.AUTHENTICATION, Scene.PEERS, Scene.SIDECAR)) {
            for (Manifest manifest : scene.all(kind)) {
                Scope scope = scene.scope(manifest);
                if (!scope.labels().isEmpty()) {
                    Stream<Workload> near =
                            scope.isInRoot() ? everywhere(scene) : scene.workloads(scope.namespace()).stream();
                    check(manifest, scene, scope.labels(), near, report);
                }
            }
        }
        for (Manifest gateway : scene.all(Scene.GATEWAY)) {
            Map<String, String> labels = Part.of(gateway).get("selector").labels();
            if (!labels.isEmpty()) {
                check(gateway, scene, labels, everywhere(scene), report);
            }
        }
        covered(scene, report);
    }

    private static Stream<Workload> everywhere(Scene scene) {
        return scene.namespacesOfWorkloads().stream().flatMap(each -> scene.workloads(each).stream());
    }

    private static void check(
            Manifest manifest, Scene scene, Map<String, String> labels, Stream<Workload> near, Report report) {
        boolean known = !scene.workloads(manifest.namespace()).isEmpty();
        if (known && near.noneMatch(each -> each.carries(labels))) {
            report.add(
                    LintCode.SELECTS_NOTHING,
                    manifest,
                    "spec.selector",
                    "no workload carries " + labels,
                    "select by labels of the workloads' Pods");
        }
    }

    private static void covered(Scene scene, Report report) {
        List<Scope> policies =
                scene.all(Scene.AUTHORIZATION).stream().map(scene::scope).toList();
        if (policies.isEmpty()
                || policies.stream().anyMatch(scope -> !scope.targets().isEmpty())) {
            return;
        }
        everywhere(scene)
                .filter(each -> !each.manifest().namespace().equals(scene.root()))
                .filter(each -> policies.stream().noneMatch(scope -> scope.selects(each)))
                .forEach(each -> report.add(
                        LintCode.UNCOVERED_WORKLOAD,
                        each.manifest(),
                        "metadata.labels",
                        "no AuthorizationPolicy is for this workload: whoever reaches it may call it",
                        "add one, or one for the whole namespace that allows nothing"));
    }
}
