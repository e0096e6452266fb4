package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Peer;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes what makes the way through a gateway the only one: a NetworkPolicy by which packets leave a namespace for the
 * services of the mesh and the egress gateway alone. NetworkPolicies know addresses and no names, so that a namespace has
 * one only if nothing leaves it directly. It is about what leaves; that of a boundary is about what enters, so that neither
 * opens or closes anything for the other.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Kubernetes, Network Policies</a>
 */
final class EgressFence {
    static final String NAME = "lintel.egress";
    static final String NAMESPACE = "kubernetes.io/metadata.name";
    static final Set<String> NAMESPACES = Set.of(NAMESPACE);
    static final String DNS = "kube-system";

    static final int DNS_PORT = 53;

    private EgressFence() {}

    /** Whether everything that leaves a namespace goes through gateways. */
    static boolean holds(List<EgressRule> rules) {
        return !rules.isEmpty() && rules.stream().allMatch(rule -> rule.gateway() != null);
    }

    /** The namespaces whose services are called: those of this model that the boundary of the namespace lets be called. */
    static SortedSet<String> reach(IstioDialect dialect, MeshModel model, String namespace) {
        SortedSet<String> reach = new TreeSet<>(List.of(namespace, dialect.controlPlane()));
        List<Peer> to = null;
        for (IsolationRule rule : model.isolations()) {
            to = rule.namespace().equals(namespace) ? rule.to() : to;
        }
        if (to == null) {
            model.apis().forEach(api -> reach.add(api.namespace()));
        } else {
            to.forEach(peer -> reach.add(peer.namespace()));
        }
        return reach;
    }

    static Manifest write(IstioDialect dialect, MeshModel model, String namespace, List<EgressRule> rules) {
        List<Object> egress = new ArrayList<>();
        List<Object> names =
                List.of(map("protocol", "UDP", "port", DNS_PORT), map("protocol", "TCP", "port", DNS_PORT));
        egress.add(map("to", List.of(map("namespaceSelector", named(DNS))), "ports", names));
        Map<String, Object> in =
                map("key", NAMESPACE, "operator", "In", "values", List.copyOf(reach(dialect, model, namespace)));
        egress.add(map("to", List.of(map("namespaceSelector", map("matchExpressions", List.of(in))))));
        Map<String, EgressGateway> gateways = new TreeMap<>();
        rules.forEach(rule -> gateways.put(String.valueOf(rule.gateway()), Objects.requireNonNull(rule.gateway())));
        List<Object> out = new ArrayList<>();
        for (EgressGateway gateway : gateways.values()) {
            out.add(map(
                    "namespaceSelector",
                    named(gateway.namespace()),
                    "podSelector",
                    map("matchLabels", Exit.pods(gateway))));
        }
        egress.add(map("to", out));
        Map<String, Object> spec = new LinkedHashMap<>();
        // An empty selector means all workloads, and must be there.
        spec.put("podSelector", Map.of());
        spec.put("policyTypes", List.of("Egress"));
        spec.put("egress", egress);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(Meta.NETWORK, Meta.NETWORK_POLICY, namespace, NAME, labels, Map.of(), spec);
    }

    private static Map<String, Object> named(String namespace) {
        return map("matchLabels", map(NAMESPACE, namespace));
    }
}
