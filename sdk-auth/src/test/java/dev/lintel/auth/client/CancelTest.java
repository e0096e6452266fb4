package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.token.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever cancels a request wants nothing more of it, and the server is to see that. */
class CancelTest {
    private ServerSocket server;
    private Tokens tokens;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        tokens = Tokens.from(
                "shop", new FakeSource(InstantSource.system(), Duration.ofHours(1)), TokenSettings.defaults());
    }

    @AfterEach
    void close() throws IOException {
        tokens.close();
        server.close();
    }

    private CompletableFuture<HttpResponse<String>> asked() {
        URI origin = URI.create("http://127.0.0.1:" + server.getLocalPort());
        return tokens.client(HttpClient.newHttpClient(), origin)
                .sendAsync(HttpRequest.newBuilder(origin.resolve("/orders")).build(), BodyHandlers.ofString());
    }

    private Socket accepted() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String request(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("a request").isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // A connection that is reset has ended too.
            return true;
        }
    }

    @Test
    void anExchangeThatIsCancelledEnds() throws IOException {
        CompletableFuture<HttpResponse<String>> answer = asked();
        try (Socket socket = accepted()) {
            assertThat(request(socket)).contains("Authorization: Bearer t1\r\n");

            answer.cancel(true);

            assertThat(ended(socket)).isTrue();
        }
    }

    @Test
    void theSecondExchangeEndsAsTheFirstDoes() throws IOException {
        CompletableFuture<HttpResponse<String>> answer = asked();
        try (Socket first = accepted()) {
            assertThat(request(first)).contains("Authorization: Bearer t1\r\n");
            String refused = "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n";
            first.getOutputStream().write(refused.getBytes(StandardCharsets.US_ASCII));
            first.getOutputStream().flush();
            first.shutdownOutput();
            try (Socket second = accepted()) {
                assertThat(request(second)).contains("Authorization: Bearer t2\r\n");

                answer.cancel(true);

                assertThat(ended(second)).isTrue();
            }
        }
    }
}
