package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of all that a world does otherwise about an API, a request is told what it meets itself. */
class DecidedTest {
    private static final Dialect ISTIO = IstioDialect.istio().domain("example.com");
    private static final Dialect KYMA = KymaDialect.kyma().domain("example.com");
    private static final Dialect ENVOY =
            GatewayApiDialect.gatewayApi().extension(Extension.ENVOY_GATEWAY).domain("example.com");
    private static final String OPEN = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: traffic.redirect/v1
                match:
                  endpoint: /old
                to:
                  status: 308
                  scheme: https
              - kind: traffic.retry/v1
                attempts: 2
            """;
    private static final String ASKED = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                    jwksUri: https://id.example/keys
                audiences:
                  - orders
                rules:
                  - endpoint: /orders/{id}/**
                    scopes:
                      - orders.read
                  - endpoint: /caf%C3%A9
                    allow: anyone
            """;
    private static final String PLAIN =
            ASKED.substring(0, ASKED.indexOf("      - endpoint: /caf")).replace("/{id}", "");
    private static final String GRPC = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: service.grpc/v1
            """;
    private static final Token GOOD = Token.Verified.of("https://id.example", "alice", "orders", "orders.read");

    private static RequestValue get(String path) {
        return RequestValue.of("GET", "orders.shop.example.com", path, null);
    }

    private static RequestValue inside(String path) {
        return RequestValue.of("GET", "orders.shop", path, null).inMesh().caller(Caller.Workload.of("web.shop"));
    }

    private static List<String> told(Dialect dialect, String definition, RequestValue request) {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(definition, "orders.yaml"), dialect.world())
                .model();
        ApiModel api = model.apis().get(0);
        Decided decided = new Decided(api, request, Evaluator.of(model).decide(request, bound -> 0));
        return dialect.write(model).deviations().stream()
                .filter(one -> dialect.concerns(one, decided))
                .map(Deviation::code)
                .toList();
    }

    @Test
    void aPathThatIsWrittenOddlyMeetsWhatIsDoneToOddPaths() {
        assertThat(told(ISTIO, OPEN, get("/orders"))).containsExactly("istio.per-proxy");
        assertThat(told(ISTIO, OPEN, get("/a;b"))).containsExactly("istio.odd-paths");
        assertThat(told(ISTIO, OPEN, get("/a\"b"))).containsExactly("istio.odd-paths");
        assertThat(told(ISTIO, OPEN, get("/../a"))).containsExactly("istio.escapes");
        assertThat(told(ISTIO, OPEN, get("/a%2"))).containsExactly("istio.escapes");
        assertThat(told(ISTIO, OPEN, get("/a%ff"))).containsExactly("istio.escapes");
        assertThat(told(ISTIO, OPEN, get("/a%00"))).as("Envoy answers 400 too").isEmpty();
        assertThat(told(ISTIO, ASKED, get("/a%2")))
                .as("and so does a gateway that looks at escapes")
                .isEmpty();
        assertThat(told(ISTIO, ASKED, get("/a%ff"))).contains("istio.escapes");
        assertThat(told(ISTIO, ASKED, get("/caf%C3%A9"))).isEmpty();
        assertThat(told(ISTIO, ASKED, get("/%63af%C3%A9"))).isEmpty();
        assertThat(told(ISTIO, ASKED, get("/caf%c3%a9"))).containsExactly("istio.escapes", "istio.lower-case-escapes");
        assertThat(told(ISTIO, ASKED, get("/orders/*").token(GOOD))).containsExactly("istio.stars");
    }

    @Test
    void aTokenMeetsWhatIsDoneToTokensLikeIt() {
        assertThat(told(ISTIO, ASKED, get("/orders/7").token(GOOD))).isEmpty();
        assertThat(told(ISTIO, ASKED, get("/orders/7"))).containsExactly("istio.no-token");
        assertThat(told(ISTIO, ASKED, get("/orders/7").token(new Token.Unverifiable("no keys"))))
                .containsExactly("istio.keys-unavailable");
        assertThat(told(ISTIO, ASKED, get("/orders/7").token(new Token.Rejected("forged"))))
                .containsExactly("istio.algorithms");
        assertThat(told(
                        ISTIO,
                        ASKED,
                        get("/orders/7")
                                .token(new Token.Verified(
                                        "https://id.example",
                                        null,
                                        List.of("orders"),
                                        List.of("orders.read"),
                                        Map.of()))))
                .containsExactly("istio.no-subject");
        assertThat(told(ISTIO, ASKED, inside("/orders/7").token(GOOD))).containsExactly("istio.inside-retries");
        assertThat(told(
                        ISTIO,
                        ASKED,
                        inside("/orders/7").token(Token.Verified.of("https://id.example", "alice", "stock"))))
                .containsExactly("istio.inside-tokens", "istio.inside-retries");
    }

    @Test
    void anAnswerMeetsWhatIsDoneToAnswers() {
        RequestValue old = get("/old");

        assertThat(told(ISTIO, OPEN, old)).isEmpty();
        assertThat(told(ISTIO, OPEN, RequestValue.of("GET", "orders.shop.example.com:8080", "/old", null)))
                .containsExactly("istio.redirect-port");
        assertThat(told(ENVOY, OPEN, old)).containsExactly("gateway-api.redirect-address");
        assertThat(told(ISTIO, GRPC, get("/a;b"))).containsExactly("istio.odd-paths", "istio.grpc-status");
        assertThat(told(ISTIO, GRPC, get("/a/b"))).isEmpty();
    }

    @Test
    void anotherDialectTellsItsOwn() {
        assertThat(told(ENVOY, ASKED, get("/orders/7"))).isEmpty();
        assertThat(told(
                        ENVOY,
                        ASKED,
                        get("/orders/7").token(Token.Verified.of("https://id.example", "alice", "orders"))))
                .containsExactly("gateway-api.no-challenge");
        assertThat(told(ENVOY, ASKED, inside("/orders/7"))).containsExactly("gateway-api.around");
        assertThat(told(KYMA, PLAIN, get("/orders/7").token(GOOD)))
                .containsExactly("kyma.longest-timeout", "kyma.retries", "kyma.forwarded-headers", "kyma.scope-claims");
        assertThat(told(KYMA, PLAIN, get("/stock"))).containsExactly("kyma.unlisted-path");
        assertThat(told(KYMA, PLAIN, RequestValue.of("PURGE", "orders.shop.example.com:80", "/orders/7", null)))
                .containsExactly("istio.no-token", "kyma.methods", "kyma.port");
    }
}
