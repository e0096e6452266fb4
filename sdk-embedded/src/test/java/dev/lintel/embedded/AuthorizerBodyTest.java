package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Body;
import dev.lintel.core.model.RetryOn;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An authorizer is shown as much of a body as is said, and the service gets all of it, unchanged. */
class AuthorizerBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "Content-Type: application/json";

    private static JsonNode input(FakeService opa) throws Exception {
        return JSON.readTree(opa.asked().get(0).body()).path("input");
    }

    private static Gateway gateway(FakeService service, AuthorizerRule rule) {
        Gateway gateway = Gateway.start();
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Asks.orders(rule).define()));
        return gateway;
    }

    @Test
    void aBodyIsShownReadAndForwarded() throws Exception {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 100, false));
                Raw raw = Raw.to(gateway)) {
            String body = "{\"n\":12345678901234567890.10,\"a\":[true]}";
            raw.send(Raw.request("POST", "/", TYPE, "Content-Length: " + body.length()) + body);

            assertThat(raw.answer().body()).isEqualTo("ok");
            JsonNode http = input(opa).path("attributes").path("request").path("http");
            assertThat(http.path("body").asText()).isEqualTo(body);
            assertThat(http.path("size").asText()).isEqualTo("" + body.length());
            assertThat(opa.asked().get(0).body()).contains("\"parsed_body\":" + body);
            assertThat(service.asked().get(0).body()).isEqualTo(body);
            assertThat(service.asked().get(0).header("content-length")).isEqualTo("" + body.length());
            assertThat(raw.send(Raw.request("GET", "/next")).answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void aBodyInChunksIsForwardedInChunks() throws Exception {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 100, false));
                Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request(
                            "POST",
                            "/",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Transfer-Encoding: chunked")
                    + "3\r\na=1\r\n4\r\n&a=+\r\n0\r\nX-Trailer: t\r\n\r\n");

            assertThat(raw.answer().body()).isEqualTo("ok");
            assertThat(input(opa).path("parsed_body").toString()).isEqualTo("{\"a\":[\"1\",\" \"]}");
            assertThat(input(opa)
                            .path("attributes")
                            .path("request")
                            .path("http")
                            .path("size")
                            .asText())
                    .isEqualTo("-1");
            assertThat(service.asked().get(0).body()).isEqualTo("a=1&a=+|X-Trailer: t");
            assertThat(service.asked().get(0).header("transfer-encoding")).isEqualTo("chunked");
            assertThat(raw.send(Raw.request("GET", "/next")).answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatWaitsForAWordGetsIt() {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 100, false));
                Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request("PUT", "/", "Content-Length: 3", "Expect: 100-continue"));
            assertThat(raw.answer().status()).isEqualTo(100);
            assertThat(opa.asked()).isEmpty();
            raw.send("abc");

            assertThat(raw.answer().body()).isEqualTo("ok");
            assertThat(service.asked().get(0).body()).isEqualTo("abc");
        }
    }

    /** Where the body is not shown, a client that waits is told of a refusal before it sends it. */
    @Test
    void aRefusalComesBeforeTheBodyWhereThatIsNotShown() {
        try (FakeService opa = Asks.deciding("false");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.rule(opa.uri()));
                Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request("PUT", "/", "Content-Length: 3", "Expect: 100-continue"));

            assertThat(raw.answer().status()).isEqualTo(403);
            assertThat(service.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void aBodyThatIsTooLongIs413(String framing) {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 4, false))) {
            String body = framing.contains("chunked") ? "5\r\nabcde\r\n0\r\n\r\n" : "abcde";

            Raw.Answer answer = Raw.ask(gateway, Raw.request("POST", "/", framing) + body);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("\"detail\":\"the body is too large for the external authorizer\"");
            assertThat(opa.asked()).isEmpty();
            assertThat(service.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBeginningOfALongBodyMayDo(boolean chunked) throws Exception {
        String body = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 10, true));
                Raw raw = Raw.to(gateway)) {
            String sent = chunked ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n" : body;
            raw.send(Raw.request(
                            "POST",
                            "/",
                            TYPE,
                            chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length())
                    + sent);

            assertThat(raw.answer().body()).isEqualTo("ok");
            JsonNode http = input(opa).path("attributes").path("request").path("http");
            assertThat(http.path("body").asText()).isEqualTo(body.substring(0, 10));
            assertThat(http.path("headers").path("x-envoy-auth-partial-body").asText())
                    .isEqualTo("true");
            assertThat(input(opa).path("truncated_body").booleanValue()).isTrue();
            assertThat(input(opa).path("parsed_body").isNull()).isTrue();
            assertThat(service.asked().get(0).body()).isEqualTo(body);
            assertThat(service.asked().get(0).header("x-envoy-auth-partial-body"))
                    .isEmpty();
            assertThat(raw.send(Raw.request("GET", "/next")).answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void bytesAreShownAsBytes() throws Exception {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.rule(opa.uri(), Asks.LONG, false, new Body(9, false, true)))) {
            Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "\u0000\u00ff\u0001");

            JsonNode http = input(opa).path("attributes").path("request").path("http");
            assertThat(http.path("rawBody").asText()).isEqualTo("AP8B");
            assertThat(http.has("body")).isFalse();
            assertThat(service.asked().get(0).body()).isEqualTo("\u0000\u00ff\u0001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{} {}", "{\"a\":1,\"a\":2}", "nul"})
    void jsonThatCannotBeReadIs400EvenWhereItFailsOpen(String body) {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.saying("ok");
                Gateway gateway =
                        gateway(service, Asks.rule(opa.uri(), Asks.LONG, true, new Body(100, false, false)))) {
            Raw.Answer answer =
                    Raw.ask(gateway, Raw.request("POST", "/", TYPE, "Content-Length: " + body.length()) + body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(opa.asked()).isEmpty();
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void aRetryHasTheWholeBody() {
        AtomicInteger tries = new AtomicInteger();
        try (FakeService opa = Asks.deciding("true");
                FakeService service = FakeService.start((asked, out) -> out.write(
                        tries.incrementAndGet() == 1
                                ? FakeService.bytes("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")
                                : FakeService.ok("ok")));
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.shown(opa.uri(), 100, false))
                    .with(Ruled.NOTHING.retried(2, RetryOn.SERVER_ERROR))
                    .define()));

            assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("ok");
            assertThat(service.asked()).extracting(FakeService.Asked::body).containsExactly("abc", "abc");
            assertThat(opa.asked()).hasSize(1);
        }
    }

    @Test
    void aFunctionGetsTheWholeBody() {
        try (FakeService opa = Asks.deciding("true");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(request -> Reply.ok(request.text())));
            gateway.apply(
                    gateway.plan(Asks.orders(Asks.shown(opa.uri(), 100, false)).define()));

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("abc");
        }
    }

    @Test
    void aRefusalDropsTheBodyAndKeepsTheConnection() {
        try (FakeService opa = Asks.deciding("false");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = gateway(service, Asks.shown(opa.uri(), 100, false));
                Raw raw = Raw.to(gateway)) {
            for (int i = 0; i < 3; i++) {
                raw.send(Raw.request("POST", "/", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n");
                assertThat(raw.answer().status()).isEqualTo(403);
            }
            assertThat(service.asked()).isEmpty();
        }
    }
}
