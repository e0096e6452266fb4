package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has to be ready before a route leads to him. */
class ShareTest {
    private static final Manifest RULE = read("""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: orders, namespace: shop}
            spec:
              host: orders.shop.svc.cluster.local
              subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2, track: canary}}]
            """);

    @Test
    void eachSubsetOfARouteWithTheLabelsOfItsPods() {
        Manifest route = route("""
                - destination: {host: orders.shop.svc.cluster.local, subset: v1}
                  weight: 90
                - destination: {host: orders.shop.svc.cluster.local, subset: v2}
                  weight: 10
                """);
        assertThat(Share.of(List.of(route), List.of(RULE)))
                .containsExactly(
                        new Share("subset v1 of shop/orders", "shop", "orders", Map.of("version", "v1")),
                        new Share(
                                "subset v2 of shop/orders",
                                "shop",
                                "orders",
                                Map.of("version", "v2", "track", "canary")));
    }

    @Test
    void notWhoGetsNothingNorWhatHasNoSubsetNorOneThatIsNotKnown() {
        Manifest route = route("""
                - destination: {host: orders, subset: v1}
                  weight: 0
                - destination: {host: orders}
                - destination: {host: orders, subset: v3}
                - destination: {host: stock, subset: v1}
                """);
        assertThat(Share.of(List.of(route), List.of(RULE))).isEmpty();
        assertThat(Share.of(List.of(RULE), List.of(RULE))).isEmpty();
    }

    @Test
    void eachServiceAmongWhichARouteOfGatewayApiChooses() {
        Manifest route = read("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: orders, namespace: shop}
                spec:
                  rules:
                  - backendRefs: [{name: alone, port: 80}]
                  - backendRefs:
                    - {name: orders-v1, port: 80, weight: 100}
                    - {name: orders-v2, port: 80, weight: 0}
                    - {name: orders-v3, namespace: far, kind: Service, port: 80, weight: 1}
                    - {name: elsewhere, kind: Backend}
                """);
        assertThat(Share.of(List.of(route), List.of()))
                .containsExactly(
                        new Share("Service shop/orders-v1", "shop", "orders-v1", Map.of()),
                        new Share("Service far/orders-v3", "far", "orders-v3", Map.of()));
    }

    private static Manifest route(String destinations) {
        return read("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: orders, namespace: shop}
                spec:
                  http:
                  - route:
                """ + destinations.indent(4));
    }

    private static Manifest read(String yaml) {
        return ManifestYaml.readAny(yaml, "default").get(0);
    }
}
