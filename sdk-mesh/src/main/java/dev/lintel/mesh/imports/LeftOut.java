package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects that say nothing about requests, of which an import tells that they are left out. */
final class LeftOut {
    private static final int MOST_NAMED = 5;

    /** By the group of their version; those of the core have none. */
    private static final Map<String, Set<String>> KINDS = Map.of(
            "",
            Set.of(
                    "Namespace",
                    "Pod",
                    "ConfigMap",
                    "Secret",
                    "ServiceAccount",
                    "PersistentVolumeClaim",
                    "PersistentVolume",
                    "ResourceQuota",
                    "LimitRange",
                    "Event",
                    "Endpoints",
                    "ReplicationController"),
            "apps",
            Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision"),
            "batch",
            Set.of("Job", "CronJob"),
            "autoscaling",
            Set.of("HorizontalPodAutoscaler"),
            "policy",
            Set.of("PodDisruptionBudget"),
            "rbac.authorization.k8s.io",
            Set.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"),
            "apiextensions.k8s.io",
            Set.of("CustomResourceDefinition"),
            "discovery.k8s.io",
            Set.of("EndpointSlice"),
            "telemetry.istio.io",
            Set.of("Telemetry"),
            "monitoring.coreos.com",
            Set.of("ServiceMonitor", "PodMonitor", "PrometheusRule"));

    private static final Set<String> SWITCHES = Set.of("sidecar.istio.io/inject", "istio-injection");

    private LeftOut() {}

    static boolean is(Manifest manifest) {
        int slash = Math.max(0, manifest.apiVersion().indexOf('/'));
        return KINDS.getOrDefault(manifest.apiVersion().substring(0, slash), Set.of())
                .contains(manifest.kind());
    }

    /** One note for each kind. */
    static List<Problem> notes(List<Manifest> manifests, Sources sources) {
        Map<String, List<Manifest>> kinds = manifests.stream()
                .filter(LeftOut::is)
                .collect(Collectors.groupingBy(Manifest::kind, LinkedHashMap::new, Collectors.toList()));
        List<Problem> notes = new ArrayList<>();
        kinds.forEach((kind, all) -> {
            notes.add(new Problem(
                    "import.left-out",
                    names(all),
                    "says nothing about which requests are let through, and is left out",
                    "",
                    sources.line(all.get(0).id(), "")));
        });
        return notes;
    }

    /** The kind and the names of some objects of one kind, the first of them at least. */
    static String names(List<Manifest> all) {
        String names = all.stream()
                .limit(MOST_NAMED)
                .map(one -> one.namespace() + "/" + one.name())
                .collect(Collectors.joining(", "));
        int more = all.size() - MOST_NAMED;
        return all.get(0).kind() + " " + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** Where no sidecar is put beside workloads nobody asks what the policies at these workloads say. */
    static List<Problem> withoutSidecar(List<Manifest> manifests, Sources sources) {
        List<Problem> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            boolean off = isOff(manifest.labels())
                    || isOff(manifest.annotations())
                    || isOff(template(manifest, "labels"))
                    || isOff(template(manifest, "annotations"));
            if (is(manifest) && off) {
                problems.add(new Problem(
                        "import.no-sidecar",
                        manifest.id(),
                        "has no sidecar, so that policies at its workloads are not asked; they are read as if they were",
                        "let a sidecar in ('sidecar.istio.io/inject: \"true\"'), or leave the policies out",
                        line(sources, manifest)));
            }
        }
        return problems;
    }

    private static Origin line(Sources sources, Manifest manifest) {
        return sources.line(manifest.id(), "");
    }

    private static Map<?, ?> template(Manifest manifest, String part) {
        return manifest.spec().get("template") instanceof Map<?, ?> template
                        && template.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get(part) instanceof Map<?, ?> said
                ? said
                : Map.of();
    }

    private static boolean isOff(Map<?, ?> said) {
        return SWITCHES.stream().anyMatch(name -> Set.of("false", "disabled").contains(String.valueOf(said.get(name))));
    }

    /** Of what was not read no request is compared, so that what is left out of the definitions differs without a look. */
    static List<String> differences(List<Problem> problems) {
        return problems.stream()
                .filter(one -> one.message().endsWith("the route is left out")
                        || one.path().startsWith("API ") && one.message().endsWith("it is left out"))
                .map(one -> one.path()
                        + " is left out: requests that it takes fare otherwise by the definitions, and none of"
                        + " them was compared")
                .distinct()
                .toList();
    }
}
