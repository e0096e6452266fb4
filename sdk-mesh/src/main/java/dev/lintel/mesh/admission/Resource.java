package dev.lintel.mesh.admission;

/**
 * Objects that a guard rail looks at, in whatever version they come.
 *
 * @param group the API group; the empty text for the core
 * @param kind for example {@code VirtualService}; {@code *} for all of the group
 * @param plural for example {@code virtualservices}, with a subresource where there is one
 */
record Resource(String group, String kind, String plural) {
    private static final String ISTIO = "networking.istio.io";
    private static final String EXTENSIONS = "extensions.istio.io";
    private static final String SECURITY = "security.istio.io";
    private static final String GATEWAY_API = "gateway.networking.k8s.io";

    static final Resource VIRTUAL_SERVICE = new Resource(ISTIO, "VirtualService", "virtualservices");
    static final Resource DESTINATION_RULE = new Resource(ISTIO, "DestinationRule", "destinationrules");
    static final Resource SERVICE_ENTRY = new Resource(ISTIO, "ServiceEntry", "serviceentries");
    static final Resource WORKLOAD_ENTRY = new Resource(ISTIO, "WorkloadEntry", "workloadentries");
    static final Resource ENVOY_FILTER = new Resource(ISTIO, "EnvoyFilter", "envoyfilters");
    static final Resource WASM_PLUGIN = new Resource(EXTENSIONS, "WasmPlugin", "wasmplugins");
    static final Resource TRAFFIC_EXTENSION = new Resource(EXTENSIONS, "TrafficExtension", "trafficextensions");
    static final Resource SIDECAR = new Resource(ISTIO, "Sidecar", "sidecars");
    static final Resource ISTIO_GATEWAY = new Resource(ISTIO, "Gateway", "gateways");
    static final Resource AUTHORIZATION = new Resource(SECURITY, "AuthorizationPolicy", "authorizationpolicies");
    static final Resource PEERS = new Resource(SECURITY, "PeerAuthentication", "peerauthentications");
    static final Resource TOKENS = new Resource(SECURITY, "RequestAuthentication", "requestauthentications");
    static final Resource GATEWAY = new Resource(GATEWAY_API, "Gateway", "gateways");
    static final Resource LISTENER_SET = new Resource(GATEWAY_API, "ListenerSet", "listenersets");
    static final Resource HTTP_ROUTE = new Resource(GATEWAY_API, "HTTPRoute", "httproutes");
    static final Resource GRPC_ROUTE = new Resource(GATEWAY_API, "GRPCRoute", "grpcroutes");
    static final Resource TLS_ROUTE = new Resource(GATEWAY_API, "TLSRoute", "tlsroutes");
    static final Resource TCP_ROUTE = new Resource(GATEWAY_API, "TCPRoute", "tcproutes");
    static final Resource UDP_ROUTE = new Resource(GATEWAY_API, "UDPRoute", "udproutes");
    static final Resource API_RULE = new Resource("gateway.kyma-project.io", "APIRule", "apirules");
    static final Resource NETWORK_POLICY = new Resource("networking.k8s.io", "NetworkPolicy", "networkpolicies");
    static final Resource INGRESS = new Resource("networking.k8s.io", "Ingress", "ingresses");

    /** Everything of a group. */
    static Resource all(String group) {
        return new Resource(group, "*", "*");
    }

    /** Whether a request is about it. */
    Term asked() {
        Term group = new Term.Same(Term.text(Term.REQUEST, "kind", "group"), Term.say(this.group));
        return kind.equals("*")
                ? group
                : Term.and(group, new Term.Same(Term.text(Term.REQUEST, "kind", "kind"), Term.say(kind)));
    }
}
