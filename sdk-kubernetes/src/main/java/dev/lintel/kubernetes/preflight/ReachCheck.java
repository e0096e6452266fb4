package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pods that routes reach through Services, and whether policies hold there as well: a Service may select more than policies
 * do, and a sidecar may leave out a port.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/annotations/">Istio, Resource Annotations</a>
 */
final class ReachCheck {
    private static final String EXCLUDED = "traffic.sidecar.istio.io/excludeInboundPorts";
    private static final String INCLUDED = "traffic.sidecar.istio.io/includeInboundPorts";

    private final Live live;
    private final Findings findings;

    ReachCheck(Live live, Findings findings) {
        this.live = live;
        this.findings = findings;
    }

    void check(ClusterNeeds needs) {
        for (ClusterNeeds.Port port : needs.ports) {
            List<Manifest> policies = needs.policies.stream()
                    .filter(policy -> policy.namespace().equals(port.namespace()))
                    .toList();
            try {
                if (!policies.isEmpty()) {
                    port(port, policies);
                }
            } catch (Unread told) {
                // What could not be read has been told.
            }
        }
    }

    private void port(ClusterNeeds.Port port, List<Manifest> policies) throws Unread {
        Optional<Map<?, ?>> service = live.all(Live.services(port.namespace())).stream()
                .filter(each -> Docs.name(each).equals(port.service()))
                .findFirst();
        Map<String, String> selector =
                service.map(each -> Docs.labels(each, "spec", "selector")).orElse(Map.of());
        if (service.isEmpty() || selector.isEmpty()) {
            // That it is not there is told elsewhere, and without a selector it has no Pods of its own.
            return;
        }
        List<Map<?, ?>> pods = live.running(port.namespace()).stream()
                .filter(pod -> Docs.carries(pod, selector))
                .toList();
        String id = "Service " + port.namespace() + "/" + port.service();
        covered(id, port, pods, policies);
        List<Map<?, ?>> judged = pods.stream()
                .filter(pod -> policies.stream().anyMatch(policy -> selects(policy, pod)))
                .toList();
        Docs.maps(service.get(), "spec", "ports").stream()
                .filter(each ->
                        port.number().isEmpty() || Docs.text(each, "port").equals(port.number()))
                .forEach(each -> intercepted(port.namespace(), judged, each));
    }

    /** By each kind, since a token that nobody asks for is not replaced by mutual TLS. */
    private void covered(String id, ClusterNeeds.Port port, List<Map<?, ?>> pods, List<Manifest> policies) {
        Map<String, Set<String>> left = new TreeMap<>();
        policies.stream().map(Manifest::kind).distinct().forEach(kind -> {
            List<Manifest> same =
                    policies.stream().filter(each -> each.kind().equals(kind)).toList();
            Set<String> names = new LinkedHashSet<>();
            pods.stream()
                    .filter(pod -> same.stream().noneMatch(policy -> selects(policy, pod)))
                    .forEach(pod -> names.add(Docs.name(pod)));
            boolean isMeant = names.size() < pods.size() || same.stream().anyMatch(each -> isFor(each, port.service()));
            if (isMeant && !names.isEmpty()) {
                left.put(kind, names);
            }
        });
        left.forEach((kind, names) -> findings.problem(
                "selects-less",
                id,
                port.by() + " goes to it, and no " + kind + " selects these Pods of it: " + WorkloadCheck.few(names)
                        + "; what it says is not enforced there",
                "give these Pods the labels that the policy selects, or narrow the selector of the Service"));
    }

    private static boolean selects(Manifest policy, Map<?, ?> pod) {
        return Docs.carries(pod, Docs.labels(policy.spec(), "selector", "matchLabels"));
    }

    /** Ours say it in a label, also where they select none of its Pods. */
    private static boolean isFor(Manifest policy, String service) {
        return service.equals(policy.labels().get(Manifest.API));
    }

    private void intercepted(String namespace, List<Map<?, ?>> pods, Map<?, ?> port) {
        Map<String, Set<String>> around = new LinkedHashMap<>();
        for (Map<?, ?> pod : pods) {
            if (WorkloadCheck.hasSidecar(pod)) {
                Map<String, String> annotations = Docs.labels(pod, "metadata", "annotations");
                String number = target(pod, port);
                List<String> included = ports(annotations.getOrDefault(INCLUDED, "*"));
                if (!included.contains("*") && !included.contains(number)) {
                    around.computeIfAbsent(INCLUDED, each -> new LinkedHashSet<>())
                            .add(Docs.name(pod));
                }
                if (ports(annotations.getOrDefault(EXCLUDED, "")).contains(number)) {
                    around.computeIfAbsent(EXCLUDED, each -> new LinkedHashSet<>())
                            .add(Docs.name(pod));
                }
            }
        }
        around.forEach((annotation, names) -> findings.problem(
                "no-sidecar",
                "Namespace " + namespace,
                "has Pods about which policies are written, and whose sidecars leave out what is sent to port "
                        + Docs.text(port, "port") + " of their Service, as the annotation " + annotation + " says: "
                        + WorkloadCheck.few(names),
                "take the port " + (annotation.equals(EXCLUDED) ? "out of" : "into") + " the annotation, or take the"
                        + " annotation away, and restart them"));
    }

    private static List<String> ports(String said) {
        return Stream.of(said.split(",", -1)).map(String::trim).toList();
    }

    /** The port in the Pod, which may be said by its name there. */
    private static String target(Map<?, ?> pod, Map<?, ?> port) {
        String target = Docs.text(port, "targetPort");
        if (target.isEmpty() || target.equals("0")) {
            return Docs.text(port, "port");
        }
        return Docs.maps(pod, "spec", "containers").stream()
                .flatMap(container -> Docs.maps(container, "ports").stream())
                .filter(each -> Docs.text(each, "name").equals(target))
                .map(each -> Docs.text(each, "containerPort"))
                .findFirst()
                .orElse(target);
    }
}
