package dev.lintel.testbed.plane;

import java.util.Map;

/**
 * What runs at one address of the data plane: the service of the test bed, with or without a sidecar.
 *
 * @param name of its Pod
 * @param namespace where it runs
 * @param account its service account, which is its identity in the mesh
 * @param labels by which Services and policies select it
 * @param version what it says of itself
 * @param sidecar whether a proxy stands in front of it
 */
public record Workload(
        String name, String namespace, String account, Map<String, String> labels, String version, boolean sidecar) {
    /** Where it listens. */
    public static final int PORT = 8080;

    /** One version of an application, with a sidecar; its account is named after the application. */
    public static Workload of(String namespace, String app, String version) {
        return new Workload(app + "-" + version, namespace, app, Map.of("app", app, "version", version), version, true);
    }

    /** Istio's ingress gateway as {@code istioctl install} makes it. */
    public static Workload ingressGateway() {
        return new Workload(
                "istio-ingressgateway",
                "istio-system",
                "istio-ingressgateway-service-account",
                Map.of("istio", "ingressgateway", "app", "istio-ingressgateway"),
                "",
                true);
    }

    /** The same with a service account of that name. */
    public Workload as(String serviceAccount) {
        return new Workload(name, namespace, serviceAccount, labels, version, sidecar);
    }

    /** The same without a sidecar. */
    public Workload bare() {
        return new Workload(name, namespace, account, labels, version, false);
    }
}
