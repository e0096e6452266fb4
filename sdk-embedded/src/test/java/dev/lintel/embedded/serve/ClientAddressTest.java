package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void theAddressOfACallerIsThatOfItsConnectionWhateverItSays() throws IOException {
        Queue<String> addresses = new ConcurrentLinkedQueue<>();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        long second = 1_000_000_000L;
        Server server = new Server(new Server.Parts(
                new Limits(8192, 32_768, 0, 8192, 10, 20 * second, 20 * second, 20 * second, 20 * second, 2000),
                Statuses.STANDARD,
                InstantSource.system(),
                null,
                Locality.UNKNOWN,
                Draw.RANDOM,
                1,
                new InetSocketAddress(loopback, 0),
                null,
                new Inside.Parts("cluster.local", new InetSocketAddress(loopback, 0), false),
                TlsContexts.forWorkloads(null),
                null,
                new SecretReader(ref -> Optional.empty()),
                (head, explanation, status, whole) -> addresses.add(String.valueOf(head.address()))));
        try (Socket socket = new Socket(loopback, server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("GET / HTTP/1.1\r\nHost: x.localhost\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"
                                            + "X-Real-IP: 6.6.6.6\r\nX-Envoy-External-Address: 6.6.6.6\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 404");
        } finally {
            server.stop(second);
        }

        assertThat(addresses).containsExactly("127.0.0.1");
    }
}
