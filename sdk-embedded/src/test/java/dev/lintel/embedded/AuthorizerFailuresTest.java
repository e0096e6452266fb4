package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.log.LogWatch;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An authorizer that gives no answer lets nothing through, unless that is said. */
class AuthorizerFailuresTest {
    private static final String NO_ANSWER =
            "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"the external authorizer gave no answer\"}\n";

    private static Arguments bad(String name, String reason, FakeService.Script script) {
        return Arguments.of(name, reason, script);
    }

    private static Arguments result(String name, String reason, String result) {
        return bad(name, reason, (asked, out) -> out.write(Asks.answer(200, "{\"result\":" + result + "}")));
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                bad("undefined", "the decision is undefined", (asked, out) -> out.write(Asks.answer(200, "{}"))),
                bad("500", "it answered 500", (asked, out) -> out.write(Asks.answer(500, "{\"result\":true}"))),
                bad("404", "it answered 404", (asked, out) -> out.write(Asks.answer(404, "{\"result\":true}"))),
                bad("201", "it answered 201", (asked, out) -> out.write(Asks.answer(201, "{\"result\":true}"))),
                bad("no JSON", "its answer is not JSON", (asked, out) -> out.write(Asks.answer(200, "yes"))),
                bad("half", "its answer is not JSON", (asked, out) -> out.write(Asks.answer(200, "{\"result\":true"))),
                bad(
                        "two",
                        "its answer is not JSON",
                        (asked, out) -> out.write(Asks.answer(200, "{\"result\":true}{}"))),
                bad("nothing", "the decision is undefined", (asked, out) -> out.write(Asks.answer(200, ""))),
                bad("array", "the decision is undefined", (asked, out) -> out.write(Asks.answer(200, "[true]"))),
                bad(
                        "no HTTP",
                        "its answer is not valid HTTP/1.1",
                        (asked, out) -> out.write(FakeService.bytes("true\r\n\r\n"))),
                bad(
                        "two lengths",
                        "its answer is not valid HTTP/1.1",
                        (asked, out) -> out.write(
                                FakeService.bytes(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Length: 4\r\n\r\n{\"result\":true}"))),
                bad(
                        "broken off",
                        "it broke off before it answered",
                        (asked, out) -> asked.socket().close()),
                bad("broken off in the middle", "it broke off before it answered", (asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"result\":true}"));
                    out.flush();
                    asked.socket().close();
                }),
                bad(
                        "too large",
                        "its answer is too large",
                        (asked, out) ->
                                out.write(Asks.answer(200, "{\"result\":true,\"x\":\"" + "x".repeat(1 << 20) + "\"}"))),
                result("text", "the decision is not a boolean", "\"true\""),
                result("number", "the decision is not a boolean", "1"),
                result("null", "the decision is not a boolean", "null"),
                result("list", "the decision is not a boolean", "[true]"),
                result("no allowed", "the decision does not say 'allowed'", "{\"allow\":true}"),
                result("allowed as text", "the decision does not say 'allowed'", "{\"allowed\":\"true\"}"),
                result(
                        "headers as text",
                        "'headers' must be an object, or a list of objects",
                        "{\"allowed\":true,\"headers\":\"a\"}"),
                result(
                        "a header as number",
                        "'headers' must be text, or a list of it",
                        "{\"allowed\":true,\"headers\":{\"a\":1}}"),
                result(
                        "removed as text",
                        "'request_headers_to_remove' must be text, or a list of it",
                        "{\"allowed\":true,\"request_headers_to_remove\":\"a\"}"),
                result(
                        "metadata as text",
                        "'dynamic_metadata' must be an object",
                        "{\"allowed\":true,\"dynamic_metadata\":\"a\"}"),
                result(
                        "host",
                        "it must not change the header 'host'",
                        "{\"allowed\":true,\"headers\":{\"Host\":\"evil.example\"}}"),
                result(
                        "host gone",
                        "it must not change the header 'host'",
                        "{\"allowed\":true,\"request_headers_to_remove\":[\"host\"]}"),
                result(
                        "path",
                        "a header that it wants to change cannot be sent",
                        "{\"allowed\":true,\"headers\":{\":path\":\"/admin\"}}"),
                result(
                        "length",
                        "it must not change the header 'content-length'",
                        "{\"allowed\":true,\"headers\":{\"content-length\":\"0\"}}"),
                result(
                        "chunks",
                        "it must not change the header 'transfer-encoding'",
                        "{\"allowed\":true,\"headers\":{\"Transfer-Encoding\":\"chunked\"}}"),
                result(
                        "hop",
                        "it must not change the header 'connection'",
                        "{\"allowed\":true,\"headers\":{\"connection\":\"x-user\"}}"),
                result(
                        "the way",
                        "it must not change the header 'x-forwarded-for'",
                        "{\"allowed\":true,\"headers\":{\"x-forwarded-for\":\"10.0.0.1\"}}"),
                result(
                        "a certificate",
                        "it must not change the header 'x-forwarded-client-cert'",
                        "{\"allowed\":true,\"headers\":{\"x-forwarded-client-cert\":\"URI=x\"}}"),
                result(
                        "another target",
                        "it must not change the header 'x-original-url'",
                        "{\"allowed\":true,\"headers\":{\"x-original-url\":\"/admin\"}}"),
                result(
                        "injection",
                        "a header that it wants to change cannot be sent",
                        "{\"allowed\":true,\"headers\":{\"x-a\":\"1\\r\\nx-b: 2\"}}"),
                result(
                        "a bad name",
                        "a header that it wants to change cannot be sent",
                        "{\"allowed\":true,\"headers\":{\"x a\":\"1\"}}"),
                result(
                        "the answer's length",
                        "it must not change the header 'content-length'",
                        "{\"allowed\":true,\"response_headers_to_add\":{\"content-length\":\"0\"}}"),
                result(
                        "too many",
                        "it wants to change too much",
                        "{\"allowed\":true,\"request_headers_to_remove\":[" + "\"x\",".repeat(100) + "\"x\"]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    void noAnswerIsNoPermission(String name, String reason, FakeService.Script script) {
        try (LogWatch logs = LogWatch.open();
                FakeService opa = FakeService.start(script);
                FakeService service = FakeService.saying("ok");
                Gateway closed = Gateway.start();
                Gateway open = Gateway.start()) {
            closed.workload("orders.shop", service.uri());
            open.workload("orders.shop", service.uri());
            closed.apply(closed.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            open.apply(open.plan(
                    Asks.orders(Asks.rule(opa.uri(), Asks.LONG, true, null)).define()));

            Raw.Answer refused = Raw.get(closed, "/" + name.replace(' ', '-'));
            Raw.Answer passed = Raw.get(open, "/");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).isEqualTo(NO_ANSWER);
            assertThat(passed.body()).isEqualTo("ok");
            assertThat(service.asked()).hasSize(1);
            assertThat(service.asked().get(0).header("x-a")).isEmpty();
            assertThat(logs.lines())
                    .contains("WARN dev.lintel.embedded.serve.Consultation the external authorizer of orders.shop, OPA"
                            + " envoy/authz/allow at " + opa.uri() + ": " + reason);
        }
    }

    /** Otherwise an authorizer that fails open would let through what its policy refuses. */
    @Test
    void aRefusalStaysOneWhateverIsWrongWithIt() {
        for (String wrong : new String[] {
            "\"http_status\": \"401\"", "\"http_status\": 99", "\"http_status\": 418.5", "\"body\": 1", "\"headers\": 7"
        }) {
            try (FakeService opa = Asks.deciding("{\"allowed\": false, " + wrong + "}");
                    FakeService service = FakeService.saying("ok");
                    Gateway gateway = Gateway.start()) {
                gateway.workload("orders.shop", service.uri());
                gateway.apply(gateway.plan(
                        Asks.orders(Asks.rule(opa.uri(), Asks.LONG, true, null)).define()));

                assertThat(Raw.get(gateway, "/").status()).as(wrong).isEqualTo(403);
                assertThat(service.asked()).isEmpty();
            }
        }
    }

    @Test
    void theStatusIsTheOneThatIsSaid() {
        try (FakeService opa = Asks.deciding("7");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            AuthorizerRule rule = new AuthorizerRule(
                    Protocol.OPA_REST, opa.uri(), "a/b", Asks.LONG, false, 503, null, Origin.unknown());
            gateway.apply(gateway.plan(Asks.orders(rule).define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void anOpaThatHangsIsWaitedForNoLongerThanIsSaid() {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeService opa = FakeService.start((asked, out) -> never.await(60, TimeUnit.SECONDS));
                FakeService service = FakeService.saying("ok");
                Gateway closed = Gateway.start();
                Gateway open = Gateway.start()) {
            Duration soon = Duration.ofMillis(20);
            closed.workload("orders.shop", service.uri());
            closed.apply(closed.plan(
                    Asks.orders(Asks.rule(opa.uri(), soon, false, null)).define()));
            open.workload("orders.shop", service.uri());
            open.apply(open.plan(
                    Asks.orders(Asks.rule(opa.uri(), soon, true, null)).define()));

            assertThat(Raw.get(closed, "/").body()).isEqualTo(NO_ANSWER);
            assertThat(service.asked()).isEmpty();
            assertThat(Raw.get(open, "/").body()).isEqualTo("ok");
            never.countDown();
        }
    }

    @Test
    void anOpaThatIsDownAtTheStartMayComeLater() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(URI.create("http://127.0.0.1:" + port)))
                    .define()));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo(NO_ANSWER);

            try (FakeService opa =
                    FakeService.startAt(port, (asked, out) -> out.write(Asks.answer(200, "{\"result\":true}")))) {
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
                assertThat(opa.asked()).hasSize(1);
            }
            assertThat(Raw.get(gateway, "/").body()).isEqualTo(NO_ANSWER);
        }
    }

    @Test
    void aConnectionThatWasClosedWhileItRestedIsReplaced() {
        AtomicInteger count = new AtomicInteger();
        try (FakeService opa = FakeService.start((asked, out) -> {
                    out.write(Asks.answer(200, "{\"result\":true}"));
                    if (count.incrementAndGet() % 2 == 1) {
                        out.flush();
                        asked.socket().close();
                    }
                });
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.threads(1))) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            for (int i = 0; i < 20; i++) {
                assertThat(Raw.get(gateway, "/" + i).status()).isEqualTo(200);
            }
        }
    }
}
