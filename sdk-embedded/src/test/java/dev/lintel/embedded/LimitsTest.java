package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is too large, too long, too slow or too much. */
class LimitsTest {
    private static final FakeService SERVICE = FakeService.start(
            (asked, out) -> out.write(FakeService.ok("" + asked.body().length())));

    private static Gateway start(GatewaySettings settings) {
        Gateway gateway = Gateway.start(settings);
        gateway.workload("orders.shop", SERVICE.uri());
        gateway.apply(gateway.plan(Said.orders().define()));
        return gateway;
    }

    @Test
    void aHeaderOfAMebibyteIs431() {
        try (Gateway gateway = start(GatewaySettings.defaults())) {
            Raw.Answer answer = Raw.get(gateway, "/", "X: " + "x".repeat(1 << 20));

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.body())
                    .isEqualTo("{\"title\":\"Request Header Fields Too Large\",\"status\":431,"
                            + "\"detail\":\"the header is too large\"}\n");
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void manySmallFieldsAreAsLargeAsOneLarge() {
        try (Gateway gateway = start(GatewaySettings.defaults().maxHeaderSize(2000))) {
            String fields = "Some-Name: and a value\r\n".repeat(100);
            assertThat(Raw.get(gateway, "/", fields + "Z: z").body()).contains("the header is too large");
        }
    }

    @Test
    void tooManyFieldsAre431() {
        try (Gateway gateway = start(GatewaySettings.defaults())) {
            Raw.Answer answer = Raw.get(gateway, "/", "X: y\r\n".repeat(200) + "Z: z");

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("the header has too many fields");
        }
    }

    @Test
    void aLongTargetIs414() {
        try (Gateway gateway = start(GatewaySettings.defaults())) {
            assertThat(Raw.get(gateway, "/" + "x".repeat(9000)).status()).isEqualTo(414);
            assertThat(Raw.get(gateway, "/" + "x".repeat(8000)).status()).isEqualTo(200);
        }
    }

    @Test
    void aLargeBodyIs413() {
        try (Gateway gateway = start(GatewaySettings.defaults().maxBodySize(10))) {
            String large = Raw.request("POST", "/", "Transfer-Encoding: chunked") + "b\r\nabcdefghijk\r\n0\r\n\r\n";

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 11"))
                            .status())
                    .isEqualTo(413);
            assertThat(Raw.ask(gateway, large).status()).isEqualTo(413);
            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 10") + "0123456789")
                            .body())
                    .isEqualTo("10");
        }
    }

    @Test
    void aHeaderThatDripsInIs408() {
        try (Gateway gateway = start(GatewaySettings.defaults().headerTimeout(Duration.ofMillis(100)));
                Raw raw = Raw.to(gateway)) {
            raw.send("GET / HTTP/1.1\r\nHost: or");
            Raw.Answer answer = raw.answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("the header did not come in time");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatSaysNothingIsDisconnected() {
        try (Gateway gateway = start(GatewaySettings.defaults().headerTimeout(Duration.ofMillis(100)));
                Raw raw = Raw.to(gateway)) {
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionThatRestsTooLongIsClosed() {
        try (Gateway gateway = start(GatewaySettings.defaults().idleTimeout(Duration.ofMillis(100)));
                Raw raw = Raw.to(gateway)) {
            assertThat(raw.send(Raw.request("GET", "/")).answer().status()).isEqualTo(200);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyThatDoesNotComeIs408() {
        try (Gateway gateway = start(GatewaySettings.defaults().requestTimeout(Duration.ofMillis(100)));
                Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request("POST", "/", "Content-Length: 10") + "abc");
            Raw.Answer answer = raw.answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("the request did not come in time");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyThatTheServiceDoesNotTakeIs504() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Gateway gateway = start(GatewaySettings.defaults().requestTimeout(Duration.ofMillis(500)));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:" + deaf.getLocalPort()));
            raw.send(Raw.request("POST", "/", "Content-Length: 1000000000"));
            FakeService.daemon(() -> {
                byte[] block = new byte[64 * 1024];
                for (int i = 0; i < 10_000; i++) {
                    raw.send(block);
                }
            });

            assertThat(raw.answer().status()).isEqualTo(504);
        }
    }

    @Test
    void oneClientTooManyIsDisconnected() {
        try (Gateway gateway = start(GatewaySettings.defaults().maxConnections(1));
                Raw first = Raw.to(gateway)) {
            assertThat(first.send(Raw.request("GET", "/")).answer().status()).isEqualTo(200);
            try (Raw second = Raw.to(gateway)) {
                assertThat(second.send(Raw.request("GET", "/")).answer().status())
                        .isZero();
            }
            assertThat(first.send(Raw.request("GET", "/")).answer().status()).isEqualTo(200);
        }
    }
}
