package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsideConnectTest {
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    private Gateway gateway;

    @BeforeAll
    void start() {
        gateway = IdentityTest.shop();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private Raw raw() {
        return Raw.to(gateway.identity("frontend.shop").address().getPort());
    }

    private static String connect(String authority) {
        return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "orders.shop:443, 200",
        "orders.shop.svc:443, 200",
        "orders.shop.svc.cluster.local:443, 200",
        "ORDERS.shop:443, 200",
        "orders.shop.localhost:443, 200",
        "orders.shop:80, 403",
        "orders.shop:8443, 403",
        "orders.shop:0, 403",
        "orders.shop:99999, 403",
        "pay.shop:443, 403",
        "orders.pay:443, 403",
        "evil.example:443, 403",
        "localhost:443, 403",
        "127.0.0.1:443, 403",
        "169.254.169.254:443, 403",
        "[::1]:443, 403",
        "orders.shop, 400",
        "orders.shop:, 400",
        ":443, 400",
        "alice@orders.shop:443, 400",
        "orders.shop:443/, 400"
    })
    void onlyNamesOfThisGatewayAndOnlyForHttps(String authority, int status) {
        try (Raw raw = raw().send(connect(authority))) {
            String head = raw.head();
            assertThat(head).startsWith("HTTP/1.1 " + status + " ");
            if (status != 200) {
                assertThat(head).containsIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void theListenersOwnPortWillDoAsWell() {
        int port = gateway.inside().address().getPort();
        try (Raw raw = raw().send(connect("orders.shop:" + port))) {
            assertThat(raw.head()).isEqualTo(ESTABLISHED);
        }
    }

    @Test
    void tlsFollowsOnTheSameConnection() throws Exception {
        try (Raw raw = raw().send(connect(Guest.ORDERS + ":443"))) {
            assertThat(raw.head()).isEqualTo(ESTABLISHED);
            try (SSLSocket socket = over(raw.socket(), Guest.ORDERS)) {
                socket.startHandshake();
                Raw tls = Raw.on(socket);
                for (int i = 0; i < 3; i++) {
                    assertThat(tls.send("GET / HTTP/1.1\r\nHost: " + Guest.ORDERS + "\r\n\r\n")
                                    .answer()
                                    .body())
                            .startsWith("frontend.shop");
                }
            }
        }
    }

    /** What the CONNECT said is not what the certificate is shown for: the name asked for by SNI is. */
    @Test
    void theNameOfTheHandshakeCountsAndNotThatOfTheConnect() throws Exception {
        try (Raw raw = raw().send(connect("orders.shop.localhost:443"))) {
            assertThat(raw.head()).isEqualTo(ESTABLISHED);
            try (SSLSocket socket = over(raw.socket(), Guest.ORDERS)) {
                socket.startHandshake();
                Raw tls = Raw.on(socket);
                assertThat(tls.send("GET / HTTP/1.1\r\nHost: orders.shop.localhost\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(421);
            }
        }
    }

    private SSLSocket over(Socket plain, String name) throws Exception {
        SSLSocket socket = (SSLSocket) gateway.identity("frontend.shop")
                .sslContext()
                .getSocketFactory()
                .createSocket(plain, name, 443, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Test
    void nothingButTlsFollows() {
        for (String next : List.of("GET / HTTP/1.1\r\n\r\n", connect("orders.shop:443"), "\0\0\0")) {
            try (Raw raw = raw().send(connect("orders.shop:443"))) {
                assertThat(raw.head()).isEqualTo(ESTABLISHED);
                assertThat(raw.send(next).isClosed()).isTrue();
            }
        }
    }

    @Test
    void nothingIsSentBeforeItIsAnswered() {
        for (String ahead : List.of("GET / HTTP/1.1\r\nHost: orders.shop\r\n\r\n", "\u0016\u0003\u0001")) {
            try (Raw raw = raw().send(connect("orders.shop:443") + ahead)) {
                assertThat(raw.answer().status()).isZero();
            }
        }
    }

    @Test
    void itHasNoBodyAndOneHost() {
        for (String fields : List.of(
                "Host: orders.shop:443\r\nContent-Length: 3\r\n\r\nabc",
                "Host: orders.shop:443\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Host: orders.shop:443\r\nHost: orders.shop:443\r\n\r\n",
                "Host: pay.shop:443\r\n\r\n",
                "X: y\r\n\r\n",
                "Host : orders.shop:443\r\n\r\n")) {
            try (Raw raw = raw().send("CONNECT orders.shop:443 HTTP/1.1\r\n" + fields)) {
                assertThat(raw.answer().status()).as(fields).isEqualTo(400);
            }
        }
    }

    @Test
    void itsHeaderIsBounded() {
        String large = "CONNECT orders.shop:443 HTTP/1.1\r\nHost: orders.shop:443\r\nX: " + "x".repeat(9000);
        String target = "CONNECT " + "x".repeat(9000) + ":443 HTTP/1.1\r\n";
        String many = "CONNECT orders.shop:443 HTTP/1.1\r\nHost: orders.shop:443\r\n" + "X: y\r\n".repeat(300);
        try (Raw raw = raw().send(large + "\r\n\r\n")) {
            assertThat(raw.answer().status()).isEqualTo(431);
        }
        try (Raw raw = raw().send(target + "\r\n")) {
            assertThat(raw.answer().status()).isEqualTo(414);
        }
        try (Raw raw = raw().send(many + "\r\n")) {
            assertThat(raw.answer().status()).isEqualTo(431);
        }
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (String method : List.of("GET", "POST", "OPTIONS", "TRACE", "connect")) {
            try (Raw raw = raw().send(method + " / HTTP/1.1\r\nHost: orders.shop\r\n\r\n")) {
                assertThat(raw.answer().status()).as(method).isEqualTo(405);
            }
        }
    }

    @Test
    void tlsMustFollowInTime() {
        try (Gateway hasty = IdentityTest.shop(GatewaySettings.defaults().headerTimeout(Duration.ofMillis(50)));
                Raw raw = Raw.to(hasty.identity("a.b").address().getPort()).send(connect("orders.shop:443"))) {
            assertThat(raw.head()).isEqualTo(ESTABLISHED);
            assertThat(raw.isClosed()).isTrue();
        }
    }
}
