package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsideTlsTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionThatIsTakenUpAgainKeepsItsCaller(String protocol) throws Exception {
        // A JDK from 25 on restores a ticket of TLS 1.2 only where one certificate serves all names.
        boolean takenUp = protocol.equals("TLSv1.3") || Runtime.version().feature() < 25;
        try (Gateway gateway = IdentityTest.shop()) {
            SSLContext frontend = gateway.identity("frontend.shop").sslContext();
            SSLContext other = gateway.identity("other.shop").sslContext();
            long created;
            byte[] id;
            try (Guest guest = Guest.greet(gateway, frontend, Guest.ORDERS, protocol)) {
                assertThat(guest.get(Guest.ORDERS, "/").body()).startsWith("frontend.shop");
                created = guest.socket().getSession().getCreationTime();
                id = guest.socket().getSession().getId();
            }
            try (Guest guest = Guest.greet(gateway, other, Guest.ORDERS, protocol)) {
                assertThat(guest.get(Guest.ORDERS, "/").body()).startsWith("other.shop");
            }
            for (int i = 0; i < 3; i++) {
                try (Guest guest = Guest.greet(gateway, frontend, Guest.ORDERS, protocol)) {
                    if (takenUp) {
                        // It is the same session, and not a new one.
                        assertThat(guest.socket().getSession().getCreationTime())
                                .isEqualTo(created);
                    }
                    if (takenUp && protocol.equals("TLSv1.2")) {
                        assertThat(guest.socket().getSession().getId()).isEqualTo(id);
                    }
                    assertThat(guest.get(Guest.ORDERS, "/").body()).startsWith("frontend.shop");
                }
            }
            assertThat(gateway.stats().unproven()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionIsForItsNameOnly(String protocol) throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            SSLContext frontend = gateway.identity("frontend.shop").sslContext();
            for (int i = 0; i < 2; i++) {
                for (String name : List.of(Guest.ORDERS, "orders.shop.localhost")) {
                    try (Guest guest = Guest.greet(gateway, frontend, name, protocol)) {
                        assertThat(guest.get(name, "/").body()).isEqualTo("frontend.shop at " + name);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void nothingOlderIsSpoken(String protocol) throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            int port = gateway.identity("frontend.shop").address().getPort();
            byte minor = (byte) (protocol.equals("TLSv1") ? 1 : 2);
            try (Raw raw = Raw.to(port).send(Hello.of(minor, Guest.ORDERS))) {
                byte[] alert = raw.socket().getInputStream().readNBytes(7);
                // Alert, fatal, protocol_version (RFC 8446, 6.2).
                assertThat(alert[0]).isEqualTo((byte) 21);
                assertThat(alert[5]).isEqualTo((byte) 2);
                assertThat(alert[6]).isEqualTo((byte) 70);
                assertThat(raw.isClosed()).isTrue();
            }
            Until.holds(() -> gateway.stats().unproven() == 1);
        }
    }

    @Test
    void aNameThatNobodyHasGetsNoCertificate() throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            SSLContext frontend = gateway.identity("frontend.shop").sslContext();
            for (String name : List.of(
                    "pay.shop.svc.cluster.local", "shop.svc.cluster.local", "orders.shop.evil.example", "localhost")) {
                for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                    assertThatThrownBy(() -> Guest.greet(gateway, frontend, name, protocol))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("unrecognized_name");
                }
            }
            assertThat(gateway.inside().certificates()).isZero();
        }
    }

    @Test
    void whoAsksForNoNameGetsNoCertificate() throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            try (SSLSocket socket = (SSLSocket) frontend.sslContext()
                    .getSocketFactory()
                    .createSocket(
                            frontend.address().getAddress(), frontend.address().getPort())) {
                socket.setSoTimeout(20_000);
                assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            }
            assertThat(gateway.inside().certificates()).isZero();
        }
    }

    @Test
    void aNameHasOneCertificate() throws Exception {
        try (Gateway gateway = Gateway.start()) {
            List<Said> many = Stream.iterate(0, i -> i + 1)
                    .limit(40)
                    .map(i -> Said.named("s" + i))
                    .toList();
            many.forEach(said -> gateway.workload(said.define().id(), Workload.function(IdentityTest::whoCalls)));
            gateway.apply(gateway.plan(many.stream().map(Said::define).toList()));
            SSLContext context = gateway.identity("frontend.shop").sslContext();
            for (int i = 0; i < 40; i++) {
                String name = "s" + i + ".shop";
                try (Guest guest = Guest.greet(gateway, context, name, "TLSv1.3")) {
                    assertThat(guest.get(name, "/").status()).isEqualTo(200);
                }
            }
            assertThat(gateway.inside().certificates()).isEqualTo(40);
        }
    }

    @Test
    void aClientDoesNotNegotiateOnceMore() throws Exception {
        try (Gateway gateway = IdentityTest.shop();
                Guest guest =
                        Guest.greet(gateway, gateway.identity("frontend.shop").sslContext(), Guest.ORDERS, "TLSv1.2")) {
            assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);
            SSLSocket socket = guest.socket();

            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getOutputStream().write(1);
                        if (socket.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatStopsInTheMiddleOfTheHandshakeIsClosed() throws Exception {
        try (Gateway gateway =
                IdentityTest.shop(GatewaySettings.defaults().headerTimeout(java.time.Duration.ofMillis(50)))) {
            int port = gateway.identity("frontend.shop").address().getPort();
            try (Raw silent = Raw.to(port);
                    Raw begun = Raw.to(port).send(new byte[] {22, 3, 1, 0, (byte) 200, 1, 0});
                    Raw clear = Raw.to(port).send("CONNECT orders.shop:443 HTTP/1.1\r\nHo")) {
                assertThat(silent.isClosed()).isTrue();
                assertThat(begun.isClosed()).isTrue();
                assertThat(clear.answer().status()).isEqualTo(408);
            }
        }
    }

    @Test
    void whatIsNoTlsAtAllIsAnsweredAsHttp() throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            int port = gateway.identity("frontend.shop").address().getPort();
            try (Raw raw = Raw.to(port).send("GET / HTTP/1.1\r\nHost: " + Guest.ORDERS + "\r\n\r\n")) {
                Raw.Answer answer = raw.answer();
                assertThat(answer.status()).isEqualTo(405);
                assertThat(answer.header("allow")).isEqualTo("CONNECT");
                assertThat(answer.header("connection")).isEqualTo("close");
                assertThat(raw.isClosed()).isTrue();
            }
            try (Raw raw = Raw.to(port).send(new byte[] {0, 1, 2, 3, '\r', '\n', '\r', '\n'})) {
                assertThat(raw.answer().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void manyClientsAreTooManyHereAsWell() throws Exception {
        try (Gateway gateway = IdentityTest.shop(GatewaySettings.defaults().maxConnections(2))) {
            int port = gateway.identity("frontend.shop").address().getPort();
            try (Raw one = Raw.to(port);
                    Raw two = Raw.to(gateway)) {
                Until.holds(() -> gateway.stats().connections() == 2);
                try (Raw three = Raw.to(port)) {
                    assertThat(three.isClosed()).isTrue();
                }
                assertThat(List.of(one, two)).allMatch(raw -> !raw.socket().isClosed());
            }
            Until.holds(() -> gateway.stats().connections() == 0);
        }
    }

    /** A ClientHello of TLS 1.0 or 1.1, which this JVM would not send itself. */
    private static final class Hello {
        static byte[] of(byte minor, String name) {
            byte[] host = name.getBytes(StandardCharsets.US_ASCII);
            int length = host.length;
            byte[] sni = concat(
                    new byte[] {0, 0, 0, (byte) (length + 5), 0, (byte) (length + 3), 0, 0, (byte) length}, host);
            byte[] body = concat(
                    new byte[] {3, minor},
                    new byte[32],
                    new byte[] {0, 0, 4, (byte) 0xc0, 9, (byte) 0xc0, 10, 1, 0, 0, (byte) sni.length},
                    sni);
            byte[] handshake = concat(new byte[] {1, 0, 0, (byte) body.length}, body);
            return concat(new byte[] {22, 3, 1, 0, (byte) handshake.length}, handshake);
        }

        private static byte[] concat(byte[]... parts) {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            for (byte[] part : parts) {
                out.writeBytes(part);
            }
            return out.toByteArray();
        }
    }

    @Test
    void certificatesOfTheGatewayAreThoseOfTheName() throws Exception {
        try (Gateway gateway = IdentityTest.shop();
                Guest guest =
                        Guest.greet(gateway, gateway.identity("frontend.shop").sslContext());
                Guest entering = Guest.greet(
                        gateway, gateway.identity("frontend.shop").sslContext(), "orders.shop.localhost", "TLSv1.3")) {
            assertThat(names(guest))
                    .containsExactly("[6, spiffe://cluster.local/ns/shop/sa/orders]", "[2, " + Guest.ORDERS + "]");
            assertThat(names(entering)).containsExactly("[2, orders.shop.localhost]");
        }
    }

    private static Stream<String> names(Guest guest) throws Exception {
        return ((java.security.cert.X509Certificate) guest.socket().getSession().getPeerCertificates()[0])
                .getSubjectAlternativeNames().stream().map(Object::toString);
    }
}
