package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** GRPCRoutes that others wrote, and implementations that have none. */
class GrpcRouteTest {
    private static final GatewayApiDialect DIALECT =
            GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.NONE);
    private static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: lintel
              namespace: gateways
            spec:
              gatewayClassName: istio
              listeners:
                - name: all
                  hostname: "*.example.com"
                  port: 80
                  protocol: HTTP
                  allowedRoutes:
                    namespaces:
                      from: All
            """;
    private static final String ROUTE = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata:
              name: orders
              namespace: shop
            spec:
              parentRefs:
                - name: lintel
                  namespace: gateways
              hostnames:
                - orders.shop.example.com
              rules:
                - matches:
                    - method:
                        service: shop.Orders
                        method: Get
                  backendRefs:
                    - name: orders
                      port: 80
            """;

    @Test
    void aMethodThatNoRuleNamesIsNotFound() {
        Read read = read(ROUTE);

        assertThat(read.problems()).isEmpty();
        assertThat(read.model().apis().get(0).service().grpc()).isNotNull();
        assertThat(passes(read, "/shop.Orders/Get")).isTrue();
        assertThat(passes(read, "/shop.Orders/Put")).isFalse();
    }

    @Test
    void anExpressionAndAMethodOfAnyServiceAreNotUnderstood() {
        assertThat(messages(read(ROUTE.replace("service: shop.Orders", "type: RegularExpression"))))
                .anyMatch(text -> text.contains("type is 'RegularExpression'"));
        assertThat(messages(read(ROUTE.replace("service: shop.Orders", "type: Exact"))))
                .anyMatch(text -> text.contains("a method of any service"));
    }

    @Test
    void aListenerForHttpRoutesAloneServesNoGrpcRoute() {
        String narrow = GATEWAY + "        kinds:\n          - kind: HTTPRoute\n";
        Read read = DIALECT.read(ManifestYaml.read(narrow + ROUTE));

        assertThat(passes(read, "/shop.Orders/Get")).isFalse();
    }

    @Test
    void timeoutsOfAGrpcRouteAreNotKnown() {
        String timed = ROUTE + "      timeouts:\n        request: 1s\n";

        assertThat(messages(read(timed))).anyMatch(text -> text.contains("which a GRPCRoute does not know"));
    }

    @Test
    void bothKindsOfRoutesForOneHostAreAProblem() {
        String other = ROUTE.replace("kind: GRPCRoute", "kind: HTTPRoute")
                .replace("  name: orders\n  namespace: shop", "  name: others\n  namespace: shop")
                .replace(
                        "        - method:\n            service: shop.Orders\n            method: Get\n",
                        "        - {}\n");

        assertThat(messages(read(ROUTE + other))).anyMatch(text -> text.contains("another kind"));
    }

    @Test
    void anImplementationWithoutGrpcRoutesRefusesThem() {
        GatewayApiDialect without = DIALECT.supportedFeatures(Set.of("Gateway", "HTTPRoute"));
        String yaml = "kind: Api/v1\nservice: orders\nnamespace: shop\npolicies:\n  - kind: service.grpc/v1\n";
        List<Problem> problems = without.write(new ModelCompiler(Kinds.installed())
                        .compile(DefinitionFormat.yaml().read(yaml, "a.yaml"), without.world())
                        .model())
                .problems();

        assertThat(problems).extracting(Problem::code).contains("gateway-api.not-supported");
        assertThat(problems.get(0).render()).contains("a service that speaks gRPC", "supports GRPCRoute", "a.yaml:5");
    }

    private static Read read(String routes) {
        return DIALECT.read(ManifestYaml.read(GATEWAY + routes));
    }

    private static List<String> messages(Read read) {
        return read.problems().stream().map(Problem::message).toList();
    }

    private static boolean passes(Read read, String path) {
        Decision decision = Evaluator.of(read.model(), Statuses.STANDARD, InstantSource.system())
                .decide(RequestValue.of("POST", "orders.shop.example.com", path, null), bound -> 0);
        return decision instanceof Decision.Forward;
    }
}
