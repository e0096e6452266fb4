package dev.lintel.embedded;

import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FunctionTest {
    private static Gateway start(GatewaySettings settings, Said said, Handler handler) {
        Gateway gateway = Gateway.start(settings);
        gateway.workload("orders.shop", function(handler));
        gateway.apply(gateway.plan(said.define()));
        return gateway;
    }

    private static Gateway start(Handler handler) {
        return start(GatewaySettings.defaults(), Said.orders(), handler);
    }

    @Test
    void seesTheWholeRequest() {
        try (Gateway gateway = start(request -> Reply.ok(String.join(
                " ",
                request.method(),
                request.host(),
                request.path(),
                request.query().orElse("-"),
                request.header("X-A").orElse("-"),
                request.header("x-forwarded-for").orElse("-"),
                request.text(),
                request.token().isPresent() ? "token" : "-")))) {
            Raw.Answer answer = Raw.ask(
                    gateway, Raw.request("POST", "/a//b?c=d", "X-A: 1", "X-A: 2", "Content-Length: 4") + "body");

            assertThat(answer.body()).isEqualTo("POST orders.shop.localhost /a/b c=d 1,2 127.0.0.1 body -");
            assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.header("date")).endsWith(" GMT");
        }
    }

    @Test
    void answersManyOnOneConnection() {
        try (Gateway gateway = start(request -> Reply.status(201).json("{}").header("Location", request.path()));
                Raw raw = Raw.to(gateway)) {
            for (int i = 0; i < 20; i++) {
                Raw.Answer answer = raw.send(Raw.request("GET", "/" + i)).answer();
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.header("location")).isEqualTo("/" + i);
                assertThat(answer.body()).isEqualTo("{}");
            }
            assertThat(raw.send(Raw.request("HEAD", "/")).answer(true).header("content-length"))
                    .isEqualTo("2");
            assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("{}");
        }
    }

    @Test
    void failsWithoutTellingWhy() {
        try (Gateway gateway = start(request -> {
                    throw new IllegalStateException("the password is 1234");
                });
                Raw raw = Raw.to(gateway)) {
            Raw.Answer answer = raw.send(Raw.request("GET", "/")).answer();

            assertThat(answer.body())
                    .isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500,"
                            + "\"detail\":\"the function failed\"}\n");
        }
    }

    @Test
    void anErrorIsAnsweredLikeAnyFailure() {
        try (Gateway gateway = start(request -> {
                    throw new AssertionError("the password is 1234");
                });
                Raw raw = Raw.to(gateway)) {
            for (int i = 0; i < 2; i++) {
                assertThat(raw.send(Raw.request("GET", "/")).answer().body())
                        .isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500,"
                                + "\"detail\":\"the function failed\"}\n");
            }
        }
    }

    @Test
    void isNotGivenMoreThanItMayTake() {
        try (Gateway gateway = start(
                GatewaySettings.defaults().maxFunctionBodySize(3),
                Said.orders(),
                request -> Reply.ok(request.text()))) {
            String chunks = "2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n";

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("abc");
            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 4") + "abcd")
                            .status())
                    .isEqualTo(413);
            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Transfer-Encoding: chunked") + chunks)
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void mayBlockWithoutHoldingUpOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Gateway gateway = start(GatewaySettings.defaults().threads(1), Said.orders(), request -> {
                    if (request.path().equals("/slow")) {
                        release.await(20, TimeUnit.SECONDS);
                    }
                    return Reply.ok(request.path());
                });
                Raw slow = Raw.to(gateway)) {
            slow.send(Raw.request("GET", "/slow"));
            assertThat(Raw.get(gateway, "/fast").body()).isEqualTo("/fast");
            release.countDown();
            assertThat(slow.answer().body()).isEqualTo("/slow");
        }
    }

    @Test
    void mayNotTakeTooLong() {
        CountDownLatch release = new CountDownLatch(1);
        try (Gateway gateway =
                start(GatewaySettings.defaults(), Said.orders().timeout(Duration.ofSeconds(1)), request -> {
                    release.await(20, TimeUnit.SECONDS);
                    return Reply.ok("late");
                })) {
            try (Raw raw = Raw.to(gateway)) {
                assertThat(raw.send(Raw.request("GET", "/")).answer().status()).isEqualTo(504);
                release.countDown();
                assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("late");
            }
        }
    }

    @Test
    void saysNothingThatFramesTheMessage() {
        assertThatThrownBy(() -> Reply.ok("x").header("Content-Length", "7"))
                .hasMessage("header 'content-length' is said by the gateway, as are [connection, content-length, date,"
                        + " keep-alive, trailer, transfer-encoding, upgrade]");
        assertThatThrownBy(() -> Reply.ok("x").header("x", "a\r\nSet-Cookie: b"))
                .hasMessage("a header needs a token as its name and no control characters in its value, but was 'x'");
        assertThatThrownBy(() -> Reply.status(101)).hasMessage("a reply's status must be 200 to 599, but was 101");
    }
}
