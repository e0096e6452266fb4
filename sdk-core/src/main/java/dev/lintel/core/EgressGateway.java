package dev.lintel.core;

import java.util.Objects;

/**
 * The gateway by which calls leave a mesh, known by the name of its Kubernetes service.
 *
 * @param name the service's name, a DNS label
 * @param namespace where it runs, a DNS label
 */
public record EgressGateway(String name, String namespace) {
    /** The one that {@code istioctl install} sets up where it is asked for. */
    public static final EgressGateway STANDARD = new EgressGateway("istio-egressgateway", "istio-system");

    /** Checks the names. */
    public EgressGateway {
        Names.label("an egress gateway", name);
        Names.label("the namespace of an egress gateway", namespace);
    }

    /**
     * A gateway as people write it.
     *
     * @param text for example {@code istio-egressgateway.istio-system}
     * @return the gateway
     * @throws IllegalArgumentException if it is anything else
     */
    public static EgressGateway parse(String text) {
        Objects.requireNonNull(text, "an egress gateway must not be null");
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("an egress gateway is named 'name.namespace', for example '" + STANDARD
                    + "', but was '" + text + "'");
        }
        return new EgressGateway(text.substring(0, dot), text.substring(dot + 1));
    }

    /** For example {@code istio-egressgateway.istio-system}. */
    @Override
    public String toString() {
        return name + "." + namespace;
    }
}
