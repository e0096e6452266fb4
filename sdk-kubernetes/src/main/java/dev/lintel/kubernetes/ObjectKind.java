package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A kind of objects that dialects write, as the apiserver addresses it.
 *
 * @param apiVersion group and version, for example {@code networking.istio.io/v1}
 * @param kind for example {@code VirtualService}
 * @param plural its name in paths, for example {@code virtualservices}
 */
record ObjectKind(String apiVersion, String kind, String plural) {
    private static final String ISTIO = "networking.istio.io/v1";
    private static final String ISTIO_SECURITY = "security.istio.io/v1";
    private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";
    private static final String ENVOY_GATEWAY = "gateway.envoyproxy.io/v1alpha1";

    private static final Set<String> NEAR = Set.of(
            "AuthorizationPolicy",
            "PeerAuthentication",
            "RequestAuthentication",
            "DestinationRule",
            "NetworkPolicy",
            "ServiceEntry",
            "Sidecar",
            "VirtualService",
            "HTTPRoute",
            "GRPCRoute",
            "Gateway",
            "SecurityPolicy",
            "BackendTrafficPolicy");

    /** All that any dialect writes: what is ours in a cluster is of one of these. */
    static final List<ObjectKind> ALL = List.of(
            new ObjectKind(ISTIO, "ServiceEntry", "serviceentries"),
            new ObjectKind(ISTIO, "DestinationRule", "destinationrules"),
            new ObjectKind(ISTIO_SECURITY, "PeerAuthentication", "peerauthentications"),
            new ObjectKind(ISTIO_SECURITY, "RequestAuthentication", "requestauthentications"),
            new ObjectKind(ISTIO_SECURITY, "AuthorizationPolicy", "authorizationpolicies"),
            new ObjectKind("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
            new ObjectKind(ISTIO, "Sidecar", "sidecars"),
            new ObjectKind(ISTIO, "Gateway", "gateways"),
            new ObjectKind(ISTIO, "VirtualService", "virtualservices"),
            new ObjectKind("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "referencegrants"),
            new ObjectKind(GATEWAY_API, "BackendTLSPolicy", "backendtlspolicies"),
            new ObjectKind(ENVOY_GATEWAY, "Backend", "backends"),
            new ObjectKind(ENVOY_GATEWAY, "HTTPRouteFilter", "httproutefilters"),
            new ObjectKind(ENVOY_GATEWAY, "SecurityPolicy", "securitypolicies"),
            new ObjectKind(ENVOY_GATEWAY, "BackendTrafficPolicy", "backendtrafficpolicies"),
            new ObjectKind(GATEWAY_API, "Gateway", "gateways"),
            new ObjectKind(GATEWAY_API, "HTTPRoute", "httproutes"),
            new ObjectKind(GATEWAY_API, "GRPCRoute", "grpcroutes"),
            new ObjectKind("gateway.kyma-project.io/v2", "APIRule", "apirules"));

    /** What runs APIs that Lintel serves itself; asked for only where there is one. */
    static final List<ObjectKind> WORKLOADS = List.of(
            new ObjectKind("v1", "ServiceAccount", "serviceaccounts"),
            new ObjectKind("v1", "ConfigMap", "configmaps"),
            new ObjectKind("v1", "Service", "services"),
            new ObjectKind("apps/v1", "Deployment", "deployments"),
            new ObjectKind("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
            new ObjectKind("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"));

    /** Kinds by which others open what ours close, or speak about the same hosts and workloads. */
    static final List<ObjectKind> BESIDE = Stream.concat(
                    ALL.stream().filter(each -> NEAR.contains(each.kind)),
                    Stream.of(
                            new ObjectKind(ISTIO, "WorkloadEntry", "workloadentries"),
                            new ObjectKind("networking.istio.io/v1alpha3", "EnvoyFilter", "envoyfilters"),
                            new ObjectKind("extensions.istio.io/v1alpha1", "WasmPlugin", "wasmplugins"),
                            new ObjectKind("extensions.istio.io/v1alpha1", "TrafficExtension", "trafficextensions")))
            .toList();

    /** All that is read. */
    static final List<ObjectKind> READ =
            Stream.concat(ALL.stream(), BESIDE.stream()).distinct().toList();

    /** The kind of an object; empty if no dialect writes such. */
    static Optional<ObjectKind> of(Manifest manifest) {
        return Stream.concat(ALL.stream(), WORKLOADS.stream())
                .filter(each -> each.apiVersion.equals(manifest.apiVersion()) && each.kind.equals(manifest.kind()))
                .findFirst();
    }

    /** Those of some objects that are asked for beside what every dialect writes: all or none. */
    static List<ObjectKind> workloads(Collection<Manifest> objects) {
        boolean front = objects.stream().anyMatch(each -> each.annotations().containsKey(Manifest.FRONT));
        return front ? WORKLOADS : List.of();
    }

    /** The group of its API; empty for the core. */
    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The path of all its objects in all namespaces. */
    String path() {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + "/" + plural;
    }

    /** The path of all its objects in one namespace. */
    String path(String namespace) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion + "/namespaces/" + namespace + "/" + plural;
    }

    /** The path of one object. */
    String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }
}
