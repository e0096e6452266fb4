package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that are down, slow, cut off or talk nonsense: the caller gets a status, other requests go on. */
class FaultsTest {
    private static void front(Gateway gateway, FakeService service) {
        gateway.workload("orders.shop", service.uri());
        gateway.workload("healthy.shop", FakeServiceHolder.HEALTHY.uri());
        gateway.apply(gateway.plan(Said.orders().define(), Said.named("healthy").define()));
    }

    private static final class FakeServiceHolder {
        static final FakeService HEALTHY = FakeService.saying("healthy");
    }

    private static void othersGoOn(Gateway gateway) {
        assertThat(Raw.ask(gateway, "GET / HTTP/1.1\r\nHost: healthy.shop.localhost\r\n\r\n")
                        .body())
                .isEqualTo("healthy");
    }

    @Test
    void aServiceThatIsDown() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", nobody);
            gateway.apply(gateway.plan(Said.orders().define()));

            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,"
                            + "\"detail\":\"the service cannot be reached\"}\n");
            assertThat(gateway.stats().serverErrors()).isEqualTo(1);
        }
    }

    @Test
    void aServiceWhoseNameIsUnknown() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", URI.create("http://nobody.invalid:80"));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aServiceThatIsNamedRatherThanNumbered() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload(
                    "orders.shop",
                    URI.create("http://localhost:" + service.uri().getPort()));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
        }
    }

    @Test
    void aServiceThatIsSlow() {
        GatewaySettings settings = GatewaySettings.defaults().responseTimeout(Duration.ofMillis(100));
        try (FakeService service = FakeService.start(
                        (asked, out) -> asked.socket().getInputStream().read());
                Gateway gateway = Gateway.start(settings)) {
            front(gateway, service);

            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("the service did not answer in time");
        }
    }

    /** Under a limit that a healthy service keeps however busy the machine is. */
    @Test
    void aServiceThatIsSlowHoldsUpNobodyElse() {
        try (FakeService service = FakeService.start(
                        (asked, out) -> asked.socket().getInputStream().read());
                Gateway gateway = Gateway.start(s -> s.threads(1).stopTimeout(Duration.ofMillis(1)))) {
            front(gateway, service);
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                Until.holds(() -> service.asked().size() == 1);

                othersGoOn(gateway);
            }
        }
    }

    @Test
    void aServiceThatStopsInTheMiddle() {
        GatewaySettings settings = GatewaySettings.defaults().requestTimeout(Duration.ofMillis(100));
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
                    out.flush();
                    asked.socket().getInputStream().read();
                });
                Gateway gateway = Gateway.start(settings)) {
            front(gateway, service);

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("abc");
            Until.holds(() -> gateway.stats().aborted() == 1);
        }
    }

    static Stream<Arguments> cuts() {
        return Stream.of(
                Arguments.of("a length that is not reached", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "abc"),
                Arguments.of(
                        "a chunk that is not whole",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nde",
                        "abcde"),
                Arguments.of(
                        "chunks without an end",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                        "abc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void aServiceThatCutsItsBodyIsNotTakenForWhole(String name, String said, String body) {
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes(said));
                    out.flush();
                    asked.socket().close();
                });
                Gateway gateway = Gateway.start()) {
            front(gateway, service);
            try (Raw raw = Raw.to(gateway)) {
                Raw.Answer answer = raw.send(Raw.request("GET", "/")).answer();

                assertThat(answer.status()).isEqualTo(200);
                if (answer.header("transfer-encoding").isEmpty()) {
                    assertThat(answer.body()).isEqualTo(body);
                } else {
                    assertThat(answer.body()).isEqualTo(body + "<cut>");
                }
                assertThat(raw.isClosed()).isTrue();
            }
            othersGoOn(gateway);
            Until.holds(() -> gateway.stats().aborted() == 1);
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("nothing", "", "the service broke off before it answered"),
                Arguments.of("half a head", "HTTP/1.1 200 OK\r\nContent-Le", null),
                Arguments.of("no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", null),
                Arguments.of(
                        "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", null),
                Arguments.of(
                        "length and coding",
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        null),
                Arguments.of("unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", null),
                Arguments.of("an upgrade nobody asked for", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", null),
                Arguments.of("a status of 999", "HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n", null),
                Arguments.of("a status of 99", "HTTP/1.1 099 No\r\nContent-Length: 0\r\n\r\n", null),
                Arguments.of("NUL in a header", "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 0\r\n\r\n", null),
                Arguments.of("HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", null),
                Arguments.of("a 1 MiB header", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void aServiceThatTalksNonsense(String name, String said, String why) {
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes(said));
                    out.flush();
                    asked.socket().close();
                });
                Gateway gateway = Gateway.start()) {
            front(gateway, service);
            Raw.Answer answer = Raw.get(gateway, "/");

            String expected = why == null ? "the service's answer is not valid HTTP/1.1" : why;
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body())
                    .isEqualTo("{\"title\":\"Bad Gateway\",\"status\":502,\"detail\":\"" + expected + "\"}\n");
            othersGoOn(gateway);
        }
    }

    @Test
    void informationalAnswersAreSwallowed() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(
                        FakeService.bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")));
                Gateway gateway = Gateway.start()) {
            front(gateway, service);

            assertThat(Raw.get(gateway, "/").head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        }
    }
}
