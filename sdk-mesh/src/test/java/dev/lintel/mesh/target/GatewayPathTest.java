package dev.lintel.mesh.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Secret;
import dev.lintel.mesh.verify.ProbeAnswer;
import dev.lintel.mesh.verify.ProbeRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests go to one address, whatever host they name, and are sent as they are said. */
class GatewayPathTest {
    /** Answers one connection, and tells what came by it. */
    private static final class Once implements AutoCloseable {
        private final ServerSocket server;
        private final CompletableFuture<List<String>> lines;

        Once(String answer) throws IOException {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            lines = CompletableFuture.supplyAsync(() -> {
                List<String> all = new ArrayList<>();
                try (Socket socket = server.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        all.add(line);
                    }
                    if (answer.isEmpty()) {
                        // The client gives up.
                        int unusedEnd = in.read();
                    }
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    all.add(String.valueOf(e.getMessage()));
                }
                return all;
            });
        }

        GatewayPath path() {
            return GatewayPath.at(URI.create("http://127.0.0.1:" + server.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static final ProbeRequest REQUEST =
            new ProbeRequest("GET", "orders.example.com", "/orders//7%2F", Secret.of("a.b.c"));

    @Test
    void hostPathAndTokenAreSentAsTheyAre() throws IOException {
        try (Once gateway = new Once(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 Forbidden\r\nX-Envoy-Upstream-Service-Time: 1\r\n\r\nno")) {
            assertThat(gateway.path().send(REQUEST)).isEqualTo(new ProbeAnswer(403, true, "403"));
            assertThat(gateway.lines.join())
                    .startsWith("GET /orders//7%2F HTTP/1.1", "Host: orders.example.com")
                    .contains("Authorization: Bearer a.b.c", "Connection: close");
        }
    }

    @Test
    void aRedirectIsToldWithoutItsQueryAndNotFollowed() throws IOException {
        try (Once gateway =
                new Once("HTTP/1.1 301 Moved\r\nLocation: https://orders.example.com/x?code=secret\r\n\r\n")) {
            assertThat(gateway.path().send(REQUEST))
                    .isEqualTo(new ProbeAnswer(301, false, "301 to https://orders.example.com/x?[redacted]"));
        }
    }

    @Test
    void whatIsNoAnswerIsTold() throws IOException {
        try (Once silent = new Once("");
                Once other = new Once("SSH-2.0-x\r\n\r\n");
                Once endless = new Once("HTTP/1.1 200 OK\r\nx: " + "y".repeat(70_000) + "\r\n\r\n")) {
            assertThat(silent.path()
                            .within(Duration.ofMillis(200))
                            .send(REQUEST)
                            .status())
                    .isZero();
            assertThat(other.path().send(REQUEST)).isEqualTo(ProbeAnswer.none("what came is not HTTP"));
            assertThat(endless.path().send(REQUEST).words()).contains("more than 65536 bytes of headers");
        }
    }

    @Test
    void whatWouldSayMoreThanOneThingIsNotSent() {
        GatewayPath path = GatewayPath.at(URI.create("http://127.0.0.1:1"));

        for (ProbeRequest each : List.of(
                new ProbeRequest("GET", "a\r\nb: c", "/", null),
                new ProbeRequest("GET", "a", "/ HTTP/1.1\r\nb: c", null),
                new ProbeRequest("GET", "a", "/", Secret.of("t\r\nb: c")))) {
            assertThatThrownBy(() -> path.send(each))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("b: c");
        }
    }

    @Test
    void anAddressIsThatOfAGatewayAndNothingElse() {
        assertThat(GatewayPath.at(URI.create("https://[::1]")))
                .isEqualTo(new GatewayPath("https", "::1", 443, Duration.ofSeconds(5), null));
        for (String wrong : List.of("ftp://a", "http://a/path", "http://u@a", "http://a?q", "orders", "http://a:0")) {
            assertThatThrownBy(() -> GatewayPath.at(URI.create(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
