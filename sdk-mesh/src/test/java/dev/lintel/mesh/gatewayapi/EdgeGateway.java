package dev.lintel.mesh.gatewayapi;

/** The gateway {@code infra/edge} of plain HTTP, which takes routes of every namespace. */
final class EdgeGateway {
    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: infra}
            spec:
              gatewayClassName: istio
              listeners:
              - {name: web, HOST port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
            ---
            """;

    private EdgeGateway() {}

    /** With a listener for a host, or for all of them if it is empty; more documents may follow. */
    static String yaml(String host) {
        return GATEWAY.replace("HOST", host.isEmpty() ? "" : "hostname: '" + host + "',");
    }
}
