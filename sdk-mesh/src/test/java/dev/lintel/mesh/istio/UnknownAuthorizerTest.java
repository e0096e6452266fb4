package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An external authorizer that is not described, or that is one of two: that it is asked counts, and it lets nothing through by itself. */
class UnknownAuthorizerTest {
    private static final String ROUTES = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: shop, namespace: istio-system, labels: {app.kubernetes.io/managed-by: lintel}}
            spec:
              selector: {istio: ingressgateway}
              servers:
              - port: {number: 80, name: http, protocol: HTTP}
                hosts: [shop/orders.example.com]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: orders-entry
              namespace: shop
              labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: orders}
            spec:
              hosts: [orders.example.com]
              gateways: [istio-system/shop]
              http:
              - route: [{destination: {host: orders.shop.svc.cluster.local, port: {number: 80}}}]
                retries: {attempts: 0}
            """;
    private static final String OPEN = "grpc://lax.shop:9191 timeout=250ms failOpen=true status=200";
    private static final String SHUT = "grpc://strict.shop:9191 timeout=250ms failOpen=false status=503";

    @Test
    void oneThatIsNotDescribedIsAsked() {
        Read read = read(policy("a", "somebody"));

        assertThat(read.problems())
                .extracting(Problem::message)
                .containsExactly("spec: how 'a' is asked is said in the mesh's configuration, which is not read");
        isAskedAndShut(read);
    }

    @Test
    void ofTwoNeitherLetsThroughByItself() {
        for (Read read :
                List.of(read(policy("a", OPEN) + policy("b", SHUT)), read(policy("b", SHUT) + policy("a", OPEN)))) {
            assertThat(read.problems())
                    .extracting(Problem::message)
                    .containsExactly(
                            "spec: is asked about by an external authorizer in some cases, and otherwise in others");
            isAskedAndShut(read);
        }
    }

    @Test
    void oneThatIsDescribedIsAskedAsItSays() {
        Read read = read(policy("a", OPEN));

        assertThat(read.problems()).isEmpty();
        assertThat(led(read, new Verdict.Failed("is not reached"))).isTrue();
        assertThat(led(read, new Verdict.Denied(403, List.of(), ""))).isFalse();
    }

    private static void isAskedAndShut(Read read) {
        assertThat(led(read, Verdict.ALLOWED)).isTrue();
        assertThat(led(read, new Verdict.Failed("is not reached"))).isFalse();
        assertThat(led(read, new Verdict.Denied(403, List.of(), ""))).isFalse();
    }

    private static boolean led(Read read, Verdict verdict) {
        RequestValue request = new RequestValue(
                Via.ENTRY,
                "GET",
                "orders.example.com",
                "/a",
                null,
                Map.of(),
                Token.NONE,
                Caller.NONE,
                Token.NONE,
                verdict);
        return Evaluator.of(read.model()).decide(request, Draw.RANDOM) instanceof Decision.Forward;
    }

    private static Read read(String policies) {
        return IstioDialect.istio().domain("example.com").read(ManifestYaml.read(ROUTES + policies));
    }

    private static String policy(String name, String authorizer) {
        return """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata:
                  name: %1$s
                  namespace: istio-system
                  labels: {app.kubernetes.io/managed-by: lintel, lintel.dev/api: orders}
                  annotations: {lintel.dev/authorizer: '%2$s'}
                spec:
                  selector: {matchLabels: {istio: ingressgateway}}
                  action: CUSTOM
                  provider: {name: %1$s}
                  rules: [{to: [{operation: {hosts: [orders.example.com, 'orders.example.com:*']}}]}]
                """.formatted(name, authorizer);
    }
}
