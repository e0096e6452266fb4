package dev.lintel.mesh.admission;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import java.util.List;

/** Guard rails of which all are said. */
final class Guards {
    static final List<? extends Definition> ORDERS = DefinitionFormat.yaml().readAll("""
                    kind: Api/v1
                    service: orders
                    namespace: shop
                    policies:
                      - kind: auth.oauth2/v1
                        issuers:
                          - issuer: https://id.example
                            jwksUri: https://id.example/keys
                          - issuer: https://pinned.example
                            jwks: '{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}'
                        audiences: [orders]
                        rules:
                          - endpoint: /orders/**
                            scopes: [orders.read]
                    ---
                    kind: Isolation/v1
                    namespace: vault
                    ---
                    kind: Egress/v1
                    host: api.psp.example
                    namespace: vault
                    gateway: istio-egressgateway.istio-system
                    ---
                    kind: Egress/v1
                    host: "*.eu.example"
                    namespace: shop
                    ---
                    kind: Api/v1
                    service: cards
                    namespace: shop
                    policies:
                      - kind: traffic.served-by/v1
                        place: external
                        address: https://api.cards.example
                    """, "orders.yaml");

    private Guards() {}

    static Admission all() {
        return Admission.of(ORDERS)
                .appliedBy("system:serviceaccount:ci:lintel")
                .controllers("system:serviceaccount:kyma-system:api-gateway")
                .hostsBelongToNamespaces("example.com")
                .hosts("istio-ingress", "*.example.com")
                .noPublicRoutesExcept("/health", "/.well-known/**")
                .publicHosts("www.shop.example.com")
                .publicNamespaces("website")
                .nothingWidensOurs()
                .images("ghcr.io/acme/*", "docker.io/library/redis")
                .gateways("istio-ingress/shared");
    }
}
