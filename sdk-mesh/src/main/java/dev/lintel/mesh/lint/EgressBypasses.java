package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Egress gateways that a workload can pass by: routes lead calls there, and nothing stops those that do not take them. Looked
 * for in namespaces of which a workload, a Sidecar or a NetworkPolicy is given.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/">Istio, Egress Gateways</a>
 */
final class EgressBypasses implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            Part spec = Part.of(routes);
            List<String> gateways = spec.get("gateways").texts();
            Set<String> seen = seen(scene, routes);
            if (!gateways.contains("mesh") || gateways.size() < 2 || seen.isEmpty() || !leads(spec)) {
                continue;
            }
            seen.remove(gatewayNamespace(spec));
            seen.removeIf(namespace -> isFenced(scene, namespace));
            if (!seen.isEmpty()) {
                report.add(
                        LintCode.EGRESS_BYPASS,
                        routes,
                        "spec.hosts",
                        "leads calls of " + seen
                                + " to an egress gateway, and no NetworkPolicy there is about what leaves:"
                                + " who gets around the sidecar gets around the gateway",
                        "add a NetworkPolicy of type Egress that lets out to the mesh, DNS and the gateway alone");
            }
        }
    }

    /** The namespaces of which something is known, and in which an entry for one of the hosts is seen. */
    private static Set<String> seen(Scene scene, Manifest routes) {
        List<String> hosts = Part.of(routes).get("hosts").texts();
        Set<String> known = new TreeSet<>(scene.namespacesOfWorkloads());
        scene.all(Scene.SIDECAR).forEach(sidecar -> known.add(sidecar.namespace()));
        scene.all(Scene.NETWORK_POLICY).forEach(policy -> known.add(policy.namespace()));
        Set<String> seen = new TreeSet<>();
        for (Manifest entry : scene.all(Scene.SERVICE_ENTRY)) {
            if (Part.of(entry).get("hosts").texts().stream().anyMatch(hosts::contains)) {
                known.stream()
                        .filter(each -> isSeen(entry, each) && isSeen(routes, each))
                        .forEach(seen::add);
            }
        }
        return seen;
    }

    private static boolean isSeen(Manifest manifest, String namespace) {
        List<String> exported = Part.of(manifest).get("exportTo").texts();
        return exported.isEmpty()
                || exported.contains("*")
                || exported.contains(namespace)
                || exported.contains(".") && manifest.namespace().equals(namespace);
    }

    private static boolean leads(Part spec) {
        return !gatewayNamespace(spec).isEmpty();
    }

    /** Where the service runs to which calls from inside are led first; empty if they are led to none of the cluster. */
    private static String gatewayNamespace(Part spec) {
        for (String kind : List.of("http", "tls", "tcp")) {
            for (Part rule : spec.get(kind).items()) {
                boolean inside = rule.get("match").items().stream()
                        .anyMatch(match -> match.get("gateways").texts().contains("mesh"));
                for (Part target : inside ? rule.get("route").items() : List.<Part>of()) {
                    String namespace =
                            Scene.namespace(target.get("destination", "host").text());
                    if (!namespace.isEmpty()) {
                        return namespace;
                    }
                }
            }
        }
        return "";
    }

    private static boolean isFenced(Scene scene, String namespace) {
        return scene.all(Scene.NETWORK_POLICY, namespace).stream()
                .anyMatch(policy -> Part.of(policy).get("policyTypes").texts().contains("Egress"));
    }
}
