package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of clients and to services: kept, used again, answered in order, closed when they must be. */
class ConnectionsTest {
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void close() {
        gateway.close();
    }

    private void front(FakeService service) {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders().define()));
    }

    @Test
    void bothSidesKeepTheirConnections() {
        try (FakeService service = FakeService.saying("ok");
                Raw raw = Raw.to(gateway)) {
            front(service);
            for (int i = 0; i < 20; i++) {
                assertThat(raw.send(Raw.request("GET", "/" + i)).answer().body())
                        .isEqualTo("ok");
            }
            assertThat(service.connections()).isEqualTo(1);
            assertThat(gateway.stats().connections()).isEqualTo(1);
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() {
        try (FakeService service =
                        FakeService.start((asked, out) -> out.write(FakeService.ok(asked.first() + asked.body())));
                Raw raw = Raw.to(gateway)) {
            front(service);
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append(Raw.request("GET", "/" + i));
                all.append(Raw.request("POST", "/" + i, "Content-Length: 3")).append("abc");
                all.append(Raw.request("POST", "/" + i, "Transfer-Encoding: chunked"))
                        .append("2\r\nde\r\n0\r\n\r\n");
                all.append(Raw.request("GET", "/../" + i));
            }
            raw.send(all.toString());
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Raw.Answer answer = raw.answer();
                bodies.add(answer.status() == 200 ? answer.body() : "" + answer.status());
            }
            for (int i = 0; i < 50; i++) {
                assertThat(bodies.subList(i * 4, i * 4 + 4))
                        .containsExactly(
                                "GET /" + i + " HTTP/1.1",
                                "POST /" + i + " HTTP/1.1abc",
                                "POST /" + i + " HTTP/1.1de",
                                "400");
            }
        }
    }

    @Test
    void aRequestInPiecesIsOneRequest() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.ok(asked.body())));
                Raw raw = Raw.to(gateway)) {
            front(service);
            for (char c : (Raw.request("POST", "/", "Content-Length: 3") + "abc").toCharArray()) {
                raw.send(String.valueOf(c));
            }
            assertThat(raw.answer().body()).isEqualTo("abc");
        }
    }

    @Test
    void http10IsAnsweredWithoutChunks() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.bytes(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")))) {
            front(service);
            Raw.Answer answer = Raw.ask(gateway, "GET / HTTP/1.0\r\nHost: orders.shop.localhost\r\n\r\n");

            assertThat(answer.body()).isEqualTo("abc");
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void http10MayKeepItsConnectionWhereItCanTellTheEnd() {
        try (FakeService service = FakeService.saying("ok");
                Raw raw = Raw.to(gateway)) {
            front(service);
            String request = "GET http://orders.shop.localhost/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

            assertThat(raw.send(request).answer().header("connection")).isEqualTo("keep-alive");
            assertThat(raw.send(request).answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionIsChunkedForTheClient() {
        try (FakeService service = FakeService.start((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.0 200 OK\r\n\r\nabc"));
            asked.socket().close();
        })) {
            front(service);
            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(answer.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(answer.body()).isEqualTo("abc");
        }
    }

    @Test
    void headAndEmptyAnswersHaveNoBody() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.bytes(
                        asked.first().startsWith("HEAD")
                                ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                                : asked.first().contains("304")
                                        ? "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n"
                                        : "HTTP/1.1 204 No Content\r\n\r\n")));
                Raw raw = Raw.to(gateway)) {
            front(service);
            Raw.Answer head = raw.send(Raw.request("HEAD", "/")).answer(true);
            Raw.Answer none = raw.send(Raw.request("GET", "/204")).answer();
            Raw.Answer same = raw.send(Raw.request("GET", "/304")).answer();

            assertThat(head.header("content-length")).isEqualTo("1000");
            assertThat(none.head()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(same.status()).isEqualTo(304);
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatWaitsIsToldToGoOn() {
        try (FakeService service = FakeService.start(
                        (asked, out) -> out.write(FakeService.ok(asked.body() + asked.header("expect"))));
                Raw raw = Raw.to(gateway)) {
            front(service);
            raw.send(Raw.request("POST", "/", "Content-Length: 3", "Expect: 100-continue"));

            assertThat(raw.answer().head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(raw.send("abc").answer().body()).isEqualTo("abc");
        }
    }

    @Test
    void aClientThatWaitsIsRefusedWithoutItsBody() {
        try (Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request("POST", "/", "Content-Length: 3", "Expect: 100-continue"));

            Raw.Answer answer = raw.answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aRefusedBodyIsReadPastSoThatTheConnectionStays() {
        try (FakeService service = FakeService.saying("ok");
                Raw raw = Raw.to(gateway)) {
            front(service);
            raw.send("POST / HTTP/1.1\r\nHost: nobody.localhost\r\nContent-Length: 5\r\n\r\nab");
            assertThat(raw.answer().status()).isEqualTo(404);
            assertThat(raw.send("cde" + Raw.request("GET", "/")).answer().body())
                    .isEqualTo("ok");
        }
    }

    @Test
    void anAnswerMayComeBeforeTheBodyIsWhole() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ServerSocket early = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:" + early.getLocalPort()));
            gateway.apply(gateway.plan(Said.orders().define()));
            FakeService.daemon(() -> {
                try (Socket socket = early.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(FakeService.bytes("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"));
                    seen.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            raw.send(Raw.request("POST", "/", "Content-Length: 10000000") + "abc");

            assertThat(raw.answer().body()).isEqualTo("no");
            seen.countDown();
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesEndsItsCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeService service = FakeService.start((request, out) -> {
            asked.countDown();
            if (request.socket().getInputStream().read() < 0) {
                ended.countDown();
            }
        })) {
            front(service);
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            Until.holds(() -> gateway.stats().aborted() == 1 && gateway.stats().connections() == 0);
        }
    }

    @Test
    void aConnectionThatWasClosedWhileItRestedIsReplaced() {
        try (FakeService service = FakeService.start((asked, out) -> {
            if (asked.first().contains("last")) {
                asked.socket().setSoLinger(true, 0);
                asked.socket().close();
            } else {
                out.write(FakeService.ok("ok"));
            }
        })) {
            front(service);
            try (Raw raw = Raw.to(gateway)) {
                assertThat(raw.send(Raw.request("GET", "/first")).answer().status())
                        .isEqualTo(200);
                assertThat(raw.send(Raw.request("GET", "/last")).answer().status())
                        .isEqualTo(502);
                assertThat(service.asked()).hasSize(3);
                assertThat(raw.send(Raw.request("POST", "/again")).answer().status())
                        .isEqualTo(200);
                assertThat(raw.send(Raw.request("POST", "/last")).answer().status())
                        .isEqualTo(502);
                assertThat(service.asked()).hasSize(5);
            }
        }
    }

    @Test
    void bytesBehindAnAnswerAreNotTakenForTheNextOne() {
        try (FakeService service = FakeService.start(
                        (asked, out) -> out.write(
                                FakeService.bytes(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")));
                Raw raw = Raw.to(gateway)) {
            front(service);
            for (int i = 0; i < 5; i++) {
                assertThat(raw.send(Raw.request("GET", "/") + Raw.request("GET", "/"))
                                .answer()
                                .body())
                        .isEqualTo("ok");
                assertThat(raw.answer().body()).isEqualTo("ok");
            }
        }
    }
}
