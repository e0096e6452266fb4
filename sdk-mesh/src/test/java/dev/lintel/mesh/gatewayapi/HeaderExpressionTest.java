package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A match that asks for a header by an expression is not read as one for every request. */
class HeaderExpressionTest {
    private static final Token TOKEN =
            new Token.Verified("https://id.example", "alice", List.of(), List.of(), Map.of());
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: orders, namespace: shop}
            spec:
              parentRefs: [{name: edge, namespace: infra}]
              hostnames: [orders.shop.example.com]
              rules:
              - name: bots
                matches:
                - {path: {value: /}, headers: [{name: user-agent, type: RegularExpression, value: ".*bot.*"}]}
                backendRefs: [{name: bots, port: 80}]
              - name: rest
                backendRefs: [{name: orders, port: 80}]
            """;
    private static final String TOKENS = """
            ---
            apiVersion: gateway.envoyproxy.io/v1alpha1
            kind: SecurityPolicy
            metadata: {name: tokens, namespace: shop}
            spec:
              targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: orders, sectionName: RULE}]
              jwt:
                providers:
                - name: id
                  issuer: https://id.example
                  remoteJWKS: {uri: "https://id.example/keys"}
                  extractFrom: {headers: [{name: Authorization, valuePrefix: "Bearer "}]}
            """;

    private static Read read(Extension extension, String more) {
        return GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .extension(extension)
                .gatewayClass("istio")
                .read(ManifestYaml.readAny(EdgeGateway.yaml("*.shop.example.com") + ROUTE + more, "shop"));
    }

    private static Decision decide(Read read, Token token) {
        return Evaluator.of(read.model())
                .decide(
                        RequestValue.of("GET", "orders.shop.example.com", "/a", null)
                                .token(token),
                        bound -> 0);
    }

    @Test
    void whereNothingIsAskedItIsLeftOut() {
        Read read = read(Extension.ISTIO, "");

        assertThat(decide(read, Token.NONE))
                .isInstanceOfSatisfying(
                        Decision.Forward.class,
                        forward -> assertThat(forward.version()).isNull());
        assertThat(read.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "spec.rules[0].matches[0].headers[0]: asks for something else than one exact value; the"
                                + " match is left out");
    }

    @Test
    void whereItAsksForATokenWhateverItMayTakeIsDenied() {
        Read read = read(Extension.ENVOY_GATEWAY, TOKENS.replace("RULE", "bots"));

        assertThat(decide(read, TOKEN)).isInstanceOf(Decision.Refuse.class);
        assertThat(read.problems())
                .extracting(Problem::message)
                .contains("spec.rules[0].matches[0].headers[0]: asks for something else than one exact value; whatever"
                        + " the rest of the match takes is read as denied");
    }

    @Test
    void whereOthersAskForATokenItOpensNothing() {
        Read read = read(Extension.ENVOY_GATEWAY, TOKENS.replace("RULE", "rest"));

        assertThat(decide(read, Token.NONE)).isInstanceOf(Decision.Refuse.class);
        assertThat(decide(read, TOKEN)).isInstanceOf(Decision.Forward.class);
    }
}
