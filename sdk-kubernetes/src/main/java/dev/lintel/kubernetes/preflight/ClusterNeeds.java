package dev.lintel.kubernetes.preflight;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What objects refer to in a cluster: told from their fields alone. */
final class ClusterNeeds {
    static final String AUTHORIZATION = "AuthorizationPolicy";
    private static final String CLUSTER = ".svc.cluster.local";
    private static final Set<String> POLICIES = Set.of(AUTHORIZATION, "RequestAuthentication", "PeerAuthentication");

    /** Policies that select workloads by labels, or are for a whole namespace. */
    final List<Manifest> policies = new ArrayList<>();

    final List<Manifest> gateways = new ArrayList<>();
    final List<Manifest> kubernetesGateways = new ArrayList<>();
    final Set<Port> ports = new LinkedHashSet<>();
    final List<Subset> subsets = new ArrayList<>();
    /** Hosts of external authorizers by the names of their providers. */
    final Map<String, Manifest> providers = new LinkedHashMap<>();

    /**
     * A port of a service to which a route goes.
     *
     * @param by the object that says it
     * @param namespace of the service
     * @param service its name
     * @param number the port; empty if none is said
     */
    record Port(String by, String namespace, String service, String number) {}

    /**
     * Workloads that a subset is made of.
     *
     * @param by the object that says it
     * @param namespace of the service
     * @param service its name
     * @param name the subset
     * @param labels what its workloads carry
     */
    record Subset(String by, String namespace, String service, String name, Map<String, String> labels) {}

    ClusterNeeds(Collection<Manifest> manifests) {
        for (Manifest each : manifests) {
            String group =
                    each.apiVersion().substring(0, Math.max(0, each.apiVersion().indexOf('/')));
            switch (group) {
                case "security.istio.io" -> policy(each);
                case "networking.istio.io" -> networking(each);
                case "gateway.networking.k8s.io" -> gatewayApi(each);
                default -> {}
            }
        }
    }

    private void policy(Manifest policy) {
        if (POLICIES.contains(policy.kind())
                && Docs.list(policy.spec(), "targetRefs").isEmpty()) {
            policies.add(policy);
        }
        String provider = Docs.text(policy.spec(), "provider", "name");
        if (!provider.isEmpty()) {
            providers.putIfAbsent(provider, policy);
        }
    }

    private void networking(Manifest object) {
        switch (object.kind()) {
            case "Gateway" -> gateways.add(object);
            case "VirtualService" -> {
                for (String kind : List.of("http", "tcp", "tls")) {
                    for (Map<?, ?> route : Docs.maps(object.spec(), kind)) {
                        Docs.maps(route, "route").forEach(to -> destination(object, Docs.map(to, "destination")));
                    }
                }
            }
            case "DestinationRule" -> {
                String[] host = service(Docs.text(object.spec(), "host"), object.namespace());
                for (Map<?, ?> subset : Docs.maps(object.spec(), "subsets")) {
                    Map<String, String> labels = Docs.labels(subset, "labels");
                    if (host.length == 2 && !labels.isEmpty()) {
                        subsets.add(new Subset(object.id(), host[0], host[1], Docs.text(subset, "name"), labels));
                    }
                }
            }
            default -> {}
        }
    }

    private void destination(Manifest object, Map<?, ?> destination) {
        String[] host = service(Docs.text(destination, "host"), object.namespace());
        if (host.length == 2) {
            ports.add(new Port(object.id(), host[0], host[1], Docs.text(destination, "port", "number")));
        }
    }

    /** Namespace and name; nothing for a host elsewhere. */
    private static String[] service(String host, String namespace) {
        if (host.indexOf('.') < 0 && !host.isEmpty()) {
            return new String[] {namespace, host};
        }
        if (!host.endsWith(CLUSTER) || host.startsWith("*")) {
            return new String[0];
        }
        String[] parts = host.substring(0, host.length() - CLUSTER.length()).split("\\.", -1);
        return parts.length == 2 ? new String[] {parts[1], parts[0]} : new String[0];
    }

    private void gatewayApi(Manifest object) {
        if (object.kind().equals("Gateway")) {
            kubernetesGateways.add(object);
        }
        for (Map<?, ?> rule : Docs.maps(object.spec(), "rules")) {
            for (Map<?, ?> backend : Docs.maps(rule, "backendRefs")) {
                if (Set.of("", "Service").contains(Docs.text(backend, "kind"))) {
                    String namespace = Docs.text(backend, "namespace");
                    ports.add(new Port(
                            object.id(),
                            namespace.isEmpty() ? object.namespace() : namespace,
                            Docs.text(backend, "name"),
                            Docs.text(backend, "port")));
                }
            }
        }
    }

    /** Whether any object is Istio's. */
    boolean isIstio() {
        return !policies.isEmpty() || !gateways.isEmpty() || !subsets.isEmpty() || !providers.isEmpty();
    }
}
