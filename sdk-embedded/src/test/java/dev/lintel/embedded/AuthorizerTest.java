package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.Origin;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Requests that enter are asked about before anything else is decided, and go on as the authorizer wants them. */
class AuthorizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Raw.Answer ask(String result, FakeService service, String request) {
        try (FakeService opa = Asks.deciding(result);
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            return Raw.ask(gateway, request);
        }
    }

    @Test
    void opaIsToldOfTheRequestAsItWillGoOn() throws Exception {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));

            Raw.Answer answer = Raw.get(
                    gateway,
                    "/a//b/./%7Ec?x=1&x=2&y=%20z",
                    "Authorization: Bearer abc",
                    "X-Team: red",
                    "X-Team: blue",
                    "Connection: X-Hop",
                    "X-Hop: 1",
                    "X-Forwarded-Client-Cert: URI=spiffe://cluster.local/ns/shop/sa/admin",
                    "Cookie: a=1",
                    "Cookie: b=2");

            assertThat(answer.body()).isEqualTo("ok");
            FakeService.Asked asked = opa.asked().get(0);
            assertThat(asked.first()).isEqualTo("POST /v1/data/envoy/authz/allow HTTP/1.1");
            JsonNode input = JSON.readTree(asked.body()).path("input");
            JsonNode http = input.path("attributes").path("request").path("http");
            assertThat(http.path("headers").toString())
                    .isEqualTo("{\":authority\":\"orders.shop.localhost\",\":method\":\"GET\",\":path\":"
                            + "\"/a/b/~c?x=1&x=2&y=%20z\",\":scheme\":\"http\",\"authorization\":\"Bearer abc\","
                            + "\"x-team\":\"red,blue\",\"cookie\":\"a=1; b=2\"}");
            assertThat(http.path("method").asText()).isEqualTo("GET");
            assertThat(http.path("path").asText()).isEqualTo("/a/b/~c?x=1&x=2&y=%20z");
            assertThat(http.path("host").asText()).isEqualTo("orders.shop.localhost");
            assertThat(http.path("protocol").asText()).isEqualTo("HTTP/1.1");
            assertThat(http.path("id").asText()).isNotEmpty();
            assertThat(input.path("attributes").path("request").path("time").asText())
                    .endsWith("Z");
            JsonNode source = input.path("attributes").path("source");
            assertThat(source.path("address")
                            .path("socketAddress")
                            .path("address")
                            .asText())
                    .isEqualTo("127.0.0.1");
            assertThat(source.has("principal")).isFalse();
            assertThat(input.path("attributes")
                            .path("destination")
                            .path("address")
                            .path("socketAddress")
                            .path("portValue")
                            .asInt())
                    .isEqualTo(gateway.port());
            assertThat(input.path("parsed_path").toString()).isEqualTo("[\"a\",\"b\",\"~c\"]");
            assertThat(input.path("parsed_query").toString()).isEqualTo("{\"x\":[\"1\",\"2\"],\"y\":[\" z\"]}");
            assertThat(input.path("parsed_body").isNull()).isTrue();
            assertThat(input.path("truncated_body").booleanValue()).isFalse();
            assertThat(input.path("version").toString()).isEqualTo("{\"ext_authz\":\"v3\",\"encoding\":\"protojson\"}");
            assertThat(input.has("source_principal")).isFalse();
            assertThat(service.asked().get(0).first()).isEqualTo("GET /a/b/~c?x=1&x=2&y=%20z HTTP/1.1");
        }
    }

    @Test
    void whatItAllowsGoesOnWithItsChanges() {
        try (FakeService service = FakeService.saying("ok")) {
            Raw.Answer answer = ask(
                    """
                    {"allowed": true,
                     "headers": {"x-user": "alice", "x-role": ["a", "b"], "Authorization": "Basic eA=="},
                     "request_headers_to_remove": ["x-secret"],
                     "query_parameters_to_set": {"q": "n&w", "many": ["1", "2"]},
                     "query_parameters_to_remove": ["gone"],
                     "response_headers_to_add": {"x-seen": "yes", "set-cookie": ["a=1", "b=2"]}}
                    """,
                    service,
                    Raw.request(
                            "GET",
                            "/p?gone=1&keep=%7e&q=x",
                            "X-Secret: s",
                            "X-User: mallory",
                            "Authorization: Bearer t"));

            FakeService.Asked asked = service.asked().get(0);
            assertThat(asked.first()).isEqualTo("GET /p?keep=%7e&q=n%26w&many=1&many=2 HTTP/1.1");
            assertThat(asked.header("x-user")).isEqualTo("alice");
            assertThat(asked.header("x-role")).isEqualTo("a|b");
            assertThat(asked.header("x-secret")).isEmpty();
            assertThat(asked.header("authorization")).isEqualTo("Basic eA==");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-seen")).isEqualTo("yes");
            assertThat(answer.header("set-cookie")).isEqualTo("a=1|b=2");
        }
    }

    /** The length of the target is the same before and after, so that the old one must not be taken for the new one. */
    @Test
    void aChangedQueryOfTheSameLengthIsTheOneThatGoesOn() {
        try (FakeService service = FakeService.saying("ok")) {
            ask(
                    "{\"allowed\": true, \"query_parameters_to_set\": {\"role\": \"user\"}}",
                    service,
                    Raw.request("GET", "/p?role=root"));

            assertThat(service.asked().get(0).first()).isEqualTo("GET /p?role=user HTTP/1.1");
        }
    }

    @Test
    void whatItRefusesIsAnsweredAsItSays() {
        try (FakeService service = FakeService.saying("ok")) {
            Raw.Answer answer = ask("""
                    {"allowed": false, "http_status": 302, "body": "elsewhere",
                     "headers": [{"Location": "https://login.example/"}, {"set-cookie": ["a=1", "b=2"]},
                                 {"Content-Length": "3", "Transfer-Encoding": "chunked", "Connection": "x", "X-Bad": "a\\r\\nb: c"}]}
                    """, service, Raw.request("GET", "/p"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("location")).isEqualTo("https://login.example/");
            assertThat(answer.header("set-cookie")).isEqualTo("a=1|b=2");
            assertThat(answer.header("content-length")).isEqualTo("9");
            assertThat(answer.header("content-type")).isEqualTo("text/plain");
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(answer.header("connection")).isEmpty();
            assertThat(answer.header("x-bad")).isEmpty();
            assertThat(answer.header("b")).isEmpty();
            assertThat(answer.body()).isEqualTo("elsewhere");
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void aPlainNoIs403() {
        try (FakeService service = FakeService.saying("ok")) {
            Raw.Answer answer = ask("false", service, Raw.request("GET", "/p"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"the external authorizer refused it\"}\n");
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void theTokenThatItSetsIsTheOneThatIsJudged() {
        try (FakeService opa = Asks.deciding(
                        "{\"allowed\": true, \"headers\": {\"authorization\": \"Bearer rubbish\"}, \"response_headers_to_add\": {\"x-by\": \"opa\"}}");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri()))
                    .withOAuth2("https://id.example", o -> o.publicPaths("/**"))
                    .define()));

            Raw.Answer answer = Raw.get(gateway, "/p");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate")).contains("invalid_token");
            assertThat(answer.header("x-by")).isEqualTo("opa");
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void functionsAndDirectAnswersGetTheChangesToo() {
        try (FakeService opa = Asks.deciding(
                        "{\"allowed\": true, \"headers\": {\"x-user\": \"alice\"}, \"response_headers_to_add\": {\"x-by\": \"opa\"}}");
                Gateway gateway = Gateway.start()) {
            gateway.workload(
                    "orders.shop",
                    Workload.function(request ->
                            Reply.ok("hello " + request.header("x-user").orElse("-"))));
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));

            Raw.Answer answer = Raw.get(gateway, "/p", "X-User: mallory");

            assertThat(answer.body()).isEqualTo("hello alice");
            assertThat(answer.header("x-by")).isEqualTo("opa");
        }
    }

    @Test
    void itIsAskedOnlyAboutWhatIsAdmitted() {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));

            assertThat(Raw.get(gateway, "/a;b").status()).isEqualTo(400);
            assertThat(Raw.get(gateway, "/../x").status()).isEqualTo(400);
            assertThat(Raw.ask(gateway, "GET / HTTP/1.1\r\nHost: other.localhost\r\n\r\n")
                            .status())
                    .isEqualTo(404);

            assertThat(opa.asked()).isEmpty();
        }
    }

    @Test
    void aQuestionTravelsOnAConnectionThatWasUsedBefore() {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.threads(1))) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            for (int i = 0; i < 5; i++) {
                assertThat(Raw.get(gateway, "/" + i).status()).isEqualTo(200);
            }

            assertThat(opa.asked()).hasSize(5);
            assertThat(opa.connections()).isEqualTo(1);
        }
    }

    @Test
    void grpcNeedsAnArtifactOfItsOwn() {
        AuthorizerRule rule = new AuthorizerRule(
                Protocol.EXT_AUTHZ_GRPC,
                URI.create("http://127.0.0.1:9191"),
                "",
                Duration.ofSeconds(1),
                false,
                403,
                null,
                Origin.unknown());
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());

            Assertions.assertThatThrownBy(
                            () -> gateway.apply(gateway.plan(Asks.orders(rule).define())))
                    .isInstanceOf(ProblemsException.class)
                    .hasMessageContaining("the gateway cannot ask ext_authz at http://127.0.0.1:9191: nothing on the"
                            + " class path speaks gRPC to it")
                    .hasMessageContaining(
                            "add the dependency dev.lintel:lintel-sdk-extauthz, or ask OPA by its REST API");
        }
    }
}
