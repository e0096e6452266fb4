package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What else happens while an authorizer is asked, and what clients try meanwhile. */
class AuthorizerRacesTest {
    /** An OPA that answers when it is let, by the path: {@code /no…} is refused. */
    private static FakeService waiting(CountDownLatch asked, CountDownLatch go) {
        return FakeService.start((question, out) -> {
            asked.countDown();
            go.await(20, TimeUnit.SECONDS);
            boolean no = question.body().contains("\"path\":\"/no");
            out.write(Asks.answer(200, "{\"result\":" + !no + "}"));
        });
    }

    private static FakeService echo() {
        return FakeService.start((asked, out) -> out.write(FakeService.ok(asked.first() + asked.body())));
    }

    @Test
    void requestsThatAreSentAheadAreAnsweredInTheirOrder() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeService opa = waiting(asked, go);
                FakeService service = echo();
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(Asks.orders(Asks.shown(opa.uri(), 4, true)).define()));
            raw.send(Raw.request("POST", "/1", "Content-Length: 6") + "abcdef"
                    + Raw.request("GET", "/no")
                    + Raw.request("POST", "/3", "Transfer-Encoding: chunked") + "2\r\nxy\r\n0\r\n\r\n"
                    + Raw.request("POST", "/no", "Content-Length: 3") + "GET"
                    + Raw.request("GET", "/5"));
            go.countDown();

            assertThat(raw.answer().body()).isEqualTo("POST /1 HTTP/1.1abcdef");
            assertThat(raw.answer().status()).isEqualTo(403);
            assertThat(raw.answer().body()).isEqualTo("POST /3 HTTP/1.1xy");
            assertThat(raw.answer().status()).isEqualTo(403);
            assertThat(raw.answer().body()).isEqualTo("GET /5 HTTP/1.1");
            assertThat(service.asked()).hasSize(3);
        }
    }

    @Test
    void nobodyIsAskedTwiceAndNothingIsSentForAClientThatHasGone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeService opa = waiting(asked, go);
                FakeService service = echo();
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/gone"));
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            }
            Until.holds(() -> gateway.stats().aborted() == 1);
            // The connection on which it was asked is given up with the question.
            FakeService.Asked question = opa.asked().get(0);
            go.countDown();
            assertThat(Raw.get(gateway, "/next").body()).isEqualTo("GET /next HTTP/1.1");

            assertThat(question.body()).contains("/gone");
            assertThat(service.asked()).hasSize(1);
            assertThat(opa.connections()).isEqualTo(2);
        }
    }

    @Test
    void aGatewayThatStopsLetsAQuestionEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeService opa = waiting(asked, go);
                FakeService service = echo();
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            raw.send(Raw.request("GET", "/last"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
            go.countDown();

            assertThat(raw.answer().body()).isEqualTo("GET /last HTTP/1.1");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    /** Neither the old model's question nor its answer is given up when another one is applied. */
    @Test
    void aRequestIsDecidedByTheModelThatItCameTo() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeService opa = waiting(asked, go);
                FakeService service = echo();
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            raw.send(Raw.request("GET", "/no"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            gateway.apply(gateway.plan(Said.orders().define()).allowWidening("a test"));
            assertThat(Raw.get(gateway, "/no").status()).isEqualTo(200);
            go.countDown();

            assertThat(raw.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void headHasNoBodyInARefusal() {
        try (FakeService opa = Asks.deciding("{\"allowed\":false,\"body\":\"no\",\"http_status\":401}");
                FakeService service = echo();
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            for (int i = 0; i < 2; i++) {
                Raw.Answer answer = raw.send(Raw.request("HEAD", "/")).answer(true);
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("content-length")).isEqualTo("2");
            }
            assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("no");
        }
    }

    /** A status without a body must have none, or what follows on the connection would be read as another answer. */
    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aRefusalWithoutABodyHasNone(int status) {
        try (FakeService opa = Asks.deciding(
                        "{\"allowed\":false,\"body\":\"HTTP/1.1 200 OK\",\"http_status\":" + status + "}");
                FakeService service = echo();
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            for (int i = 0; i < 2; i++) {
                Raw.Answer answer = raw.send(Raw.request("GET", "/")).answer();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("content-length")).isEmpty();
            }
        }
    }

    @Test
    void whatIsNoGoodIsRefusedBeforeAnybodyIsAsked() {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = echo();
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(Asks.orders(Asks.shown(opa.uri(), 100, true)).define()));

            assertThat(Raw.get(gateway, "/", "Content-Length: 3", "Transfer-Encoding: chunked")
                            .status())
                    .isEqualTo(400);
            assertThat(Raw.get(gateway, "/", "Transfer-Encoding: gzip, chunked").status())
                    .isEqualTo(400);
            assertThat(Raw.get(gateway, "/", "Connection: Upgrade", "Upgrade: websocket")
                            .status())
                    .isEqualTo(501);
            assertThat(Raw.get(gateway, "/", "X-Long: " + "x".repeat(100_000)).status())
                    .isEqualTo(431);
            assertThat(Raw.ask(
                                    gateway,
                                    Raw.request("POST", "/", "Transfer-Encoding: chunked") + "zz\r\nabc\r\n0\r\n\r\n")
                            .status())
                    .isEqualTo(400);
            assertThat(opa.asked()).isEmpty();
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void largeHeadersReachTheAuthorizerWhole() {
        String large = "x".repeat(20_000);
        try (FakeService opa = Asks.deciding("true");
                FakeService service = echo();
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));

            assertThat(Raw.get(gateway, "/", "X-Large: " + large).status()).isEqualTo(200);
            assertThat(opa.asked().get(0).body()).contains(large);
        }
    }

    /** A body that ends in the middle of nowhere while it is kept is neither judged nor sent. */
    @Test
    void aBodyThatBreaksOffIsNotJudged() {
        try (FakeService opa = Asks.deciding("true");
                FakeService service = echo();
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(Asks.orders(Asks.shown(opa.uri(), 100, false)).define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("POST", "/", "Content-Length: 10") + "abc");
            }
            Until.holds(() -> gateway.stats().aborted() == 1);

            assertThat(opa.asked()).isEmpty();
            assertThat(service.asked()).isEmpty();
        }
    }
}
