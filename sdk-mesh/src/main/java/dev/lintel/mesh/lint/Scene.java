package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All objects together. Objects of a kind are taken for all that there are in a namespace once there is one; before
 * that nothing is known of them.
 */
final class Scene {
    static final String VIRTUAL_SERVICE = "networking.istio.io/VirtualService";
    static final String DESTINATION_RULE = "networking.istio.io/DestinationRule";
    static final String GATEWAY = "networking.istio.io/Gateway";
    static final String SERVICE_ENTRY = "networking.istio.io/ServiceEntry";
    static final String SIDECAR = "networking.istio.io/Sidecar";
    static final String AUTHORIZATION = "security.istio.io/AuthorizationPolicy";
    static final String AUTHENTICATION = "security.istio.io/RequestAuthentication";
    static final String PEERS = "security.istio.io/PeerAuthentication";
    static final String HTTP_ROUTE = "gateway.networking.k8s.io/HTTPRoute";
    static final String GRPC_ROUTE = "gateway.networking.k8s.io/GRPCRoute";
    static final String K8S_GATEWAY = "gateway.networking.k8s.io/Gateway";
    static final String GATEWAY_CLASS = "gateway.networking.k8s.io/GatewayClass";
    static final String NETWORK_POLICY = "networking.k8s.io/NetworkPolicy";
    static final String SERVICE = "/Service";
    static final String NAMESPACE = "/Namespace";
    static final String ACCOUNT = "/ServiceAccount";
    static final String DEPLOYMENT = "apps/Deployment";
    static final String CRD = "apiextensions.k8s.io/CustomResourceDefinition";

    private static final List<String> MAKERS = List.of(DEPLOYMENT, "apps/StatefulSet", "apps/DaemonSet", "/Pod");
    private static final String CLUSTER = ".svc.cluster.local";

    private final String root;
    private final List<Manifest> sorted;
    private final Map<String, List<Manifest>> byKind = new LinkedHashMap<>();
    private final Map<String, List<Manifest>> byNamespace = new LinkedHashMap<>();
    private final Map<String, Manifest> byName = new LinkedHashMap<>();
    private final Map<String, List<Workload>> workloads = new LinkedHashMap<>();
    private final Map<String, List<Workload>> byLabel = new HashMap<>();

    Scene(Collection<Manifest> manifests, String root) {
        this.root = root;
        List<Named> named = new ArrayList<>(manifests.size());
        manifests.forEach(manifest -> named.add(new Named(manifest.id(), manifest)));
        named.sort(Comparator.comparing(Named::id)
                .thenComparing(one -> one.manifest().apiVersion()));
        sorted = named.stream().map(Named::manifest).toList();
        for (Manifest manifest : sorted) {
            String kind = group(manifest) + "/" + manifest.kind();
            byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(manifest);
            byNamespace
                    .computeIfAbsent(kind + " " + manifest.namespace(), k -> new ArrayList<>())
                    .add(manifest);
            byName.putIfAbsent(name(kind, manifest.namespace(), manifest.name()), manifest);
            if (MAKERS.contains(kind)) {
                Part pod = Part.of(manifest).get("template", "metadata", "labels");
                Map<String, String> labels = kind.equals("/Pod") ? manifest.labels() : pod.labels();
                Workload workload = new Workload(manifest, labels);
                workloads
                        .computeIfAbsent(manifest.namespace(), n -> new ArrayList<>())
                        .add(workload);
                labels.entrySet()
                        .forEach(label -> byLabel.computeIfAbsent(
                                        manifest.namespace() + " " + label, l -> new ArrayList<>())
                                .add(workload));
            }
        }
    }

    /** An object with its id, which is not put together anew for each comparison. */
    private record Named(String id, Manifest manifest) {}

    private static String group(Manifest manifest) {
        int slash = manifest.apiVersion().indexOf('/');
        return slash < 0 ? "" : manifest.apiVersion().substring(0, slash);
    }

    /** Whether it is one of those on which promises rest. */
    static boolean isOurs(Manifest manifest) {
        return Manifest.LINTEL.equals(manifest.labels().get(Manifest.MANAGED_BY));
    }

    private static String name(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }

    /** The namespace whose objects are for the whole mesh. */
    String root() {
        return root;
    }

    Scope scope(Manifest manifest) {
        return Scope.of(manifest, root);
    }

    /** All of them, sorted by kind, namespace and name. */
    List<Manifest> all() {
        return sorted;
    }

    /** Sorted by namespace and name. */
    List<Manifest> all(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    List<Manifest> all(String kind, String namespace) {
        return byNamespace.getOrDefault(kind + " " + namespace, List.of());
    }

    boolean has(String kind, String namespace, String name) {
        return byName.containsKey(name(kind, namespace, name));
    }

    boolean knows(String kind, String namespace) {
        return byNamespace.containsKey(kind + " " + namespace);
    }

    /** None if nothing is known of them. */
    List<Workload> workloads(String namespace) {
        return workloads.getOrDefault(namespace, List.of());
    }

    /** Those of its own namespace that an object is for, looked for by a label: namespaces may have thousands. */
    List<Workload> workloads(Scope scope) {
        List<Workload> near = scope.labels().entrySet().stream()
                .findFirst()
                .map(label -> byLabel.getOrDefault(scope.namespace() + " " + label, List.of()))
                .orElseGet(() -> workloads(scope.namespace()));
        return near.stream().filter(scope::selects).toList();
    }

    Set<String> namespacesOfWorkloads() {
        return new TreeSet<>(workloads.keySet());
    }

    /** A host in full: short names are services of the namespace of the object that says them. */
    static String host(String host, String namespace) {
        return host.indexOf('.') < 0 && !host.equals("*") ? host + "." + namespace + CLUSTER : host;
    }

    /** The namespace of a host inside the cluster; empty for any other. */
    static String namespace(String host) {
        if (!host.endsWith(CLUSTER)) {
            return "";
        }
        String rest = host.substring(0, host.length() - CLUSTER.length());
        return rest.substring(rest.lastIndexOf('.') + 1);
    }

    static String service(String host) {
        return host.substring(0, Math.max(0, host.indexOf('.')));
    }

    /** The Service behind a full host; none if it is none, or not known. */
    List<Manifest> services(String host) {
        String namespace = namespace(host);
        Manifest found = byName.get(name(SERVICE, namespace, service(host)));
        return namespace.isEmpty() || found == null ? List.of() : List.of(found);
    }

    /** Whether it is known that nobody serves a host. */
    boolean isNobody(String host) {
        if (host.isEmpty() || host.startsWith("*") || entries(host)) {
            return false;
        }
        String namespace = namespace(host);
        if (namespace.isEmpty()) {
            // Short forms like orders.shop are left to whoever resolves them.
            return host.chars().filter(c -> c == '.').count() > 1
                    && !host.endsWith(".svc")
                    && !all(SERVICE_ENTRY).isEmpty();
        }
        return knows(SERVICE, namespace) && services(host).isEmpty();
    }

    private boolean entries(String host) {
        return all(SERVICE_ENTRY).stream()
                .anyMatch(entry -> Part.of(entry).get("hosts").texts().stream()
                        .anyMatch(served -> HostNames.covers(served, host)));
    }
}
