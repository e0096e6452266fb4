package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Peer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes the boundaries of namespaces. ALLOW policies are united, so that one for a namespace would open what another one
 * closes; therefore these are DENY policies: in the namespace for whoever comes from elsewhere, and at each service that
 * is known for whoever comes out of an isolated namespace that may not call it. A NetworkPolicy keeps whole namespaces out
 * by the network as well.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Kubernetes, Network Policies</a>
 */
final class BoundaryWriter {
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private final IstioDialect dialect;
    private final MeshModel model;

    BoundaryWriter(IstioDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
    }

    /** What keeps strangers out of the isolated namespaces. */
    List<Manifest> write() {
        List<Manifest> manifests = new ArrayList<>();
        for (IsolationRule rule : model.isolations()) {
            boolean exposes =
                    model.apis().stream().anyMatch(api -> api.namespace().equals(rule.namespace()));
            manifests.add(object(Meta.SECURITY, Meta.PEER_AUTHENTICATION, rule, map("mtls", map("mode", "STRICT"))));
            Map<String, Object> source =
                    map("notNamespaces", namespaces(rule), "notPrincipals", principals(rule, exposes));
            Map<String, Object> refused = map("from", List.of(map("source", source)));
            manifests.add(object(
                    Meta.SECURITY, Meta.AUTHORIZATION_POLICY, rule, map("action", "DENY", "rules", List.of(refused))));
            manifests.add(object(Meta.NETWORK, Meta.NETWORK_POLICY, rule, network(rule, exposes)));
        }
        return manifests;
    }

    private static List<String> namespaces(IsolationRule rule) {
        List<String> names = new ArrayList<>(List.of(rule.namespace()));
        rule.from().stream()
                .filter(peer -> peer.name() == null && !names.contains(peer.namespace()))
                .forEach(peer -> names.add(peer.namespace()));
        return names;
    }

    /** An exposure opens the boundary for what enters by the gateway. */
    private List<String> principals(IsolationRule rule, boolean exposes) {
        List<String> principals = new ArrayList<>();
        if (exposes) {
            principals.add(dialect.principal());
        }
        rule.from().stream()
                .filter(peer -> peer.name() != null)
                .forEach(peer -> principals.add(dialect.principal(peer)));
        return principals;
    }

    private Map<String, Object> network(IsolationRule rule, boolean exposes) {
        TreeSet<String> names = new TreeSet<>();
        names.add(rule.namespace());
        rule.from().forEach(peer -> names.add(peer.namespace()));
        if (exposes) {
            names.add(dialect.ingress().namespace());
        }
        Map<String, Object> in = map("key", NAMESPACE, "operator", "In", "values", List.copyOf(names));
        Map<String, Object> spec = new LinkedHashMap<>();
        // An empty selector means all workloads, and must be there.
        spec.put("podSelector", Map.of());
        spec.put("policyTypes", List.of("Ingress"));
        spec.put(
                "ingress",
                List.of(map("from", List.of(map("namespaceSelector", map("matchExpressions", List.of(in)))))));
        return spec;
    }

    private static Manifest object(String apiVersion, String kind, IsolationRule rule, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(apiVersion, kind, rule.namespace(), Meta.BOUNDARY, labels, Map.of(), spec);
    }

    /** The isolated namespaces out of which an API may not be called. */
    List<String> keptOut(ApiModel api) {
        return keptOut(model, api);
    }

    static List<String> keptOut(MeshModel model, ApiModel api) {
        return model.isolations().stream()
                .filter(rule -> keepsOut(rule, api))
                .map(IsolationRule::namespace)
                .toList();
    }

    /** Whether an API may not be called out of an isolated namespace. */
    static boolean keepsOut(IsolationRule rule, ApiModel api) {
        return !rule.namespace().equals(api.namespace())
                && !Peer.anyIncludes(rule.to(), api.namespace(), api.service().name());
    }

    /** What keeps those away from an API who may not call out of their namespaces; needs strict mutual TLS. */
    Manifest keepsOut(ApiModel api, Map<String, Object> target, List<String> namespaces) {
        boolean gateway = namespaces.contains(dialect.ingress().namespace());
        Map<String, Object> source =
                map("namespaces", namespaces, "notPrincipals", gateway ? List.of(dialect.principal()) : null);
        Map<String, Object> spec = new LinkedHashMap<>(target);
        spec.put("action", "DENY");
        spec.put("rules", List.of(map("from", List.of(map("source", source)))));
        return Meta.object(
                Meta.SECURITY, Meta.AUTHORIZATION_POLICY, api, Meta.ruleName(api.name(), "boundary"), Map.of(), spec);
    }
}
