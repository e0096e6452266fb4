package dev.lintel.mesh.gatewayapi;

/** Who implements Gateway API, and by whose objects is said what Gateway API has no words for. */
public enum Extension {
    /** Nobody in particular: what Gateway API cannot say is refused. */
    NONE("Gateway API"),
    /**
     * Istio with sidecars: access at the workload's sidecar, calls by a DestinationRule.
     *
     * @see <a href="https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/">Istio, Kubernetes Gateway
     *     API</a>
     */
    ISTIO("Gateway API with Istio"),
    /**
     * Envoy Gateway: access at the gateway by a SecurityPolicy, calls by a BackendTrafficPolicy.
     *
     * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/">Envoy Gateway, API Reference</a>
     */
    ENVOY_GATEWAY("Gateway API with Envoy Gateway");

    private final String words;

    Extension(String words) {
        this.words = words;
    }

    /** The world's name, for people. */
    String words() {
        return words;
    }
}
