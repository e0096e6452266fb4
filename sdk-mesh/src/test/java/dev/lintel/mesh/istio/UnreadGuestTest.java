package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import org.junit.jupiter.api.Test;

/** What is read of a host that APIs share, where some of it is not understood: never more than is let through. */
class UnreadGuestTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final String GATEWAY = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: shop, namespace: istio-system, labels: {app.kubernetes.io/managed-by: lintel}}
            spec:
              selector: {istio: ingressgateway}
              servers:
              - port: {number: 80, name: http, protocol: HTTP}
                hosts: [shop/all.shop.example.com, shop/orders.shop.example.com]
            """;
    private static final String SHARED = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: all.shop.example.com, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
            spec:
              hosts: [all.shop.example.com]
              gateways: [istio-system/shop]
              http:
            """;
    private static final String OWN = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: orders-entry
              namespace: shop
              labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: orders}
            spec:
              hosts: [orders.shop.example.com]
              gateways: [istio-system/shop]
              http:
            """;

    @Test
    void aPathOfWhichOnlySomeMethodsAreLedIsRefusedForTheOthers() {
        Read read = read(GATEWAY
                + SHARED
                + route(
                        "orders",
                        "match: [{uri: {exact: /a}, method: {exact: POST}}, {uri: {exact: /a/}, method: {exact: POST}}]")
                + route("stock", "match: [{uri: {exact: /b}}, {uri: {exact: /b/}}]"));

        assertThat(read.problems())
                .extracting(Problem::message)
                .contains(
                        "spec: does not tell by the path alone to which API '/a' belongs: [, orders]",
                        "spec: leaves some requests for '/a' without a route");
        assertThat(decide(read, "POST", "/a")).isEqualTo("orders.shop");
        assertThat(decide(read, "GET", "/a")).isEqualTo("refused");
        assertThat(decide(read, "GET", "/other")).isEqualTo("refused");
        assertThat(decide(read, "GET", "/b")).isEqualTo("stock.shop");
    }

    @Test
    void theClaimsOfAnApiThatWasReadElsewhereDoNotFallToWhoHasTheRest() {
        Read read = read(GATEWAY
                + OWN
                + route("orders", "").replaceFirst("name: orders\\s+", "")
                + SHARED
                + route("orders", "match: [{uri: {exact: /a}}, {uri: {prefix: /a/}}]")
                + route("carts", "match: [{uri: {exact: /c}}, {uri: {prefix: /c/}}]")
                + route("stock", ""));

        assertThat(read.problems())
                .extracting(Problem::message)
                .containsExactly("spec: there is another such object, or this kind is not known");
        assertThat(read.model().apis())
                .filteredOn(api -> api.entry().access().isRestricted())
                .extracting(ApiModel::name)
                .containsExactly("stock");
        assertThat(decide(read, "GET", "/a/b")).isEqualTo("refused");
        assertThat(decide(read, "GET", "/b")).isEqualTo("stock.shop");
    }

    private static Read read(String yaml) {
        return DIALECT.read(ManifestYaml.read(yaml));
    }

    private static String decide(Read read, String method, String path) {
        Decision decision = Evaluator.of(read.model())
                .decide(RequestValue.of(method, "all.shop.example.com", path, null), Draw.RANDOM);
        return decision instanceof Decision.Forward forward ? forward.api().id() : "refused";
    }

    private static String route(String api, String match) {
        return """
                  - name: %s
                    %s
                    route: [{destination: {host: %s.shop.svc.cluster.local, port: {number: 80}}}]
                    retries: {attempts: 0}
                """.formatted(api, match, api);
    }
}
