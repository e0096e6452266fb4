package dev.lintel.mesh.target;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.gatewayapi.Extension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of others comes in before routes of ours at the gateway is told. */
class DirectoryGatewaysTest {
    private static final List<Definition> ORDERS = DefinitionFormat.yaml().readAll("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                    jwksUri: https://id.example/keys
            """, "orders.yaml");

    @TempDir
    Path folder;

    private List<String> told(Dialect dialect, String... objects) throws IOException {
        Files.writeString(folder.resolve("theirs.yaml"), String.join("---\n", objects));
        Mesh mesh = Mesh.of(dialect, directory(folder));
        mesh.apply(mesh.plan(ORDERS));
        return mesh.plan(ORDERS).warnings().stream()
                .filter(one -> one.code().equals("directory.taken"))
                .map(Problem::message)
                .toList();
    }

    private static String object(String version, String kind, String name, String namespace, String spec) {
        return "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: " + namespace
                + "}\nspec: " + spec + "\n";
    }

    private static String routes(String host, String gateway) {
        return object(
                "networking.istio.io/v1",
                "VirtualService",
                "mine",
                "evil",
                "{hosts: [" + host + "], gateways: [" + gateway + "], http: [{route: [{destination: {host: evil}}]}]}");
    }

    private static String gateway(String selector) {
        return object(
                "networking.istio.io/v1",
                "Gateway",
                "gw",
                "evil",
                "{selector: {" + selector
                        + "}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}");
    }

    /** One proxy serves both gateways, and of two routes for one host the older counts. */
    @Test
    void routesForAHostOfOursAtAnotherGatewayOfTheSameProxiesAreTold() throws IOException {
        assertThat(told(
                        istio().domain("example.com"),
                        gateway("istio: ingressgateway"),
                        routes("orders.shop.example.com", "gw")))
                .containsExactly(
                        "holds VirtualService evil/mine, which is not ours; it has routes for 'orders.shop.example.com' at"
                                + " the gateway evil/gw, as VirtualService shop/orders-entry has at the gateway istio-system/shop: where"
                                + " the same proxies serve both, which of them comes first is not said");
    }

    @ParameterizedTest
    @CsvSource({
        "'istio: ingressgateway, tier: a', orders.shop.example.com, gw, 1",
        "'istio: inside', orders.shop.example.com, gw, 0",
        "'istio: ingressgateway', orders.shop.example.com, other, 0",
        "'istio: ingressgateway', orders.evil.example.com, gw, 0",
        "'istio: ingressgateway', orders.shop.example.com, mesh, 0",
        "'istio: ingressgateway', orders.shop.example.com, istio-system/shop, 1"
    })
    void onlyWhereTheProxiesMayBeTheSame(String selector, String host, String gateway, int times) throws IOException {
        assertThat(told(istio().domain("example.com"), gateway(selector), routes(host, gateway)))
                .hasSize(times);
    }

    @ParameterizedTest
    @CsvSource({
        "SecurityPolicy, shop, 'targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: NAME}]', 1",
        "SecurityPolicy, shop, 'targetRef: {group: gateway.networking.k8s.io, kind: HTTPRoute, name: NAME}', 1",
        "SecurityPolicy, shop, 'targetSelectors: [{kind: HTTPRoute, matchLabels: {lintel.dev/api: orders}}]', 1",
        "SecurityPolicy, shop, 'targetSelectors: [{kind: HTTPRoute, matchLabels: {lintel.dev/api: stock}}]', 0",
        "BackendTrafficPolicy, shop, 'targetRefs: [{kind: HTTPRoute, name: NAME}]', 1",
        "SecurityPolicy, shop, 'targetRefs: [{kind: HTTPRoute, name: other}]', 0",
        "SecurityPolicy, shop, 'targetRefs: [{kind: GRPCRoute, name: NAME}]', 0",
        "SecurityPolicy, evil, 'targetRefs: [{kind: HTTPRoute, name: NAME}]', 0"
    })
    void aPolicyOfOthersForARouteOfOursIsTold(String kind, String namespace, String targets, int times)
            throws IOException {
        Dialect dialect = gatewayApi().extension(Extension.ENVOY_GATEWAY).domain("example.com");
        Mesh mesh = Mesh.of(dialect, directory(folder));
        String route = mesh.plan(ORDERS).changes().stream()
                .map(change -> change.object())
                .filter(id -> id.startsWith("HTTPRoute shop/"))
                .findFirst()
                .orElseThrow()
                .substring("HTTPRoute shop/".length());

        assertThat(told(
                        dialect,
                        object(
                                "gateway.envoyproxy.io/v1alpha1",
                                kind,
                                "mine",
                                namespace,
                                "{" + targets.replace("NAME", route) + "}")))
                .hasSize(times);
    }
}
