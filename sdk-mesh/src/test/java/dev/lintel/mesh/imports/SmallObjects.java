package dev.lintel.mesh.imports;

/** Objects that several tests give to an import. */
final class SmallObjects {
    /** The service {@code orders}, whose namespace the import says. */
    static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: orders
            spec:
              selector: {app: orders}
              ports:
              - port: 8080
            """;
    /** The gateway of Istio {@code shop/public}. */
    static final String ISTIO_GATEWAY = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: public
              namespace: shop
            spec:
              selector:
                istio: ingressgateway
              servers:
              - port: {number: 80, name: http, protocol: HTTP}
                hosts: ["orders.shop.example.com"]
            """;
    /** Every request at that gateway goes to {@code orders}. */
    static final String VIRTUAL_SERVICE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: orders
            spec:
              hosts:
              - orders.shop.example.com
              gateways:
              - public
              http:
              - route:
                - destination:
                    host: orders
            """;
    /** The gateway of Gateway API {@code infra/public}. */
    static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: public
              namespace: infra
            spec:
              gatewayClassName: istio
              listeners:
                - name: http
                  port: 80
                  protocol: HTTP
                  allowedRoutes:
                    namespaces:
                      from: All
            """;
    /** Every request at that gateway goes to {@code orders}. */
    static final String HTTP_ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: orders
            spec:
              parentRefs:
                - name: public
                  namespace: infra
              hostnames:
                - orders.shop.example.com
              rules:
                - backendRefs:
                    - name: orders
                      port: 80
            """;

    private SmallObjects() {}
}
