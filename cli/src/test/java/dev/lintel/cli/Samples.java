package dev.lintel.cli;

/** Definitions and manifests that several tests write. */
final class Samples {
    static final String ORDERS = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences:
                  - orders
                rules:
                  - endpoint: /orders/**
                    scopes:
                      - orders.read
            """;

    /** The same API, and everybody may have its help. */
    static final String OPENED = ORDERS + "      - endpoint: /help\n        allow: anyone\n";

    static final String BOUNDARY = """
            {"kind": "Isolation/v1", "namespace": "shop", "allowFrom": ["monitoring"]}
            """;

    static final String BROKEN = """
            kind: Api/v1
            service: stock
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                isuers: []
            """;

    static final String WEB = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: entry
              namespace: istio-system
            spec:
              selector:
                istio: ingressgateway
              servers:
                - port:
                    number: 80
                    name: http
                    protocol: HTTP
                  hosts:
                    - "web.shop.example.com"
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: web
              namespace: shop
            spec:
              hosts:
                - web.shop.example.com
              gateways:
                - istio-system/entry
              http:
                - route:
                    - destination:
                        host: web
                        port:
                          number: 80
            """;

    private Samples() {}
}
