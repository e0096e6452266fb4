package dev.lintel.graphql.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over real connections, with services that behave and services that do not. */
class HttpUpstreamTest {
    private static final HttpLimits SMALL = HttpLimits.DEFAULT.bytes(1000);

    @Test
    void aRequestIsSentAsItIsBelowTheBase() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.json("{}"));
                HttpUpstream upstream = HttpUpstream.open(URI.create(server.uri() + "/base/"))) {
            Content body = new Content.Bytes("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

            UpstreamAnswer answer = upstream.call(request("POST", "//x/a%2Fb?q=%20", body)
                    .with(new Header("X-One", "1"))
                    .with(new Header("X-One", "2")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-TYPE")).isEqualTo("application/json");
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
            assertThat(server.requests.get(0))
                    .startsWith("POST /base//x/a%2Fb?q=%20 HTTP/1.1\r\n")
                    .contains("X-One: 1\r\nX-One: 2\r\n")
                    .contains("Content-Type: application/json\r\n")
                    .contains("Content-Length: 7\r\n")
                    .contains("Accept-Encoding: identity\r\n")
                    .contains("User-Agent: lintel\r\n")
                    .doesNotContain("Upgrade")
                    .endsWith("\r\n\r\n{\"a\":1}");
        }
    }

    @Test
    void connectionsAreKept() throws IOException {
        try (RawServer server = RawServer.saying(RawServer.json("1"));
                HttpUpstream upstream = HttpUpstream.open(server.uri())) {
            for (int i = 0; i < 5; i++) {
                assertThat(upstream.call(get()).status()).isEqualTo(200);
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void whatBelongsToAConnectionIsNotPassedOn() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                        + "Keep-Alive: timeout=5\r\nX-End: 1\r\nX-Odd: \u00e9\r\nContent-Length: 0\r\n\r\n");
                HttpUpstream upstream = HttpUpstream.open(server.uri())) {
            UpstreamAnswer answer = upstream.call(get().with(new Header("Connection", "close, X-Mine"))
                    .with(new Header("X-Mine", "1"))
                    .with(new Header("Host", "evil.example"))
                    .with(new Header("Transfer-Encoding", "chunked"))
                    .with(new Header("Upgrade", "h2c"))
                    .with(new Header("TE", "trailers"))
                    .with(new Header("X-Through", "1")));

            assertThat(answer.headers()).containsExactly(new Header("X-End", "1"));
            assertThat(server.requests.get(0).toLowerCase(Locale.ROOT))
                    .contains("x-through: 1", "host: 127.0.0.1", "connection: keep-alive")
                    .doesNotContain("x-mine", "evil", "chunked", "h2c", "\r\nte:", "close");
        }
    }

    @Test
    void redirectsAreAnswersAndNotFollowed() throws IOException {
        try (RawServer server = RawServer.saying(
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
                HttpUpstream upstream = HttpUpstream.open(server.uri())) {
            assertThat(upstream.call(get()).status()).isEqualTo(302);
            assertThat(server.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 1001                                    | UPSTREAM_TOO_LARGE",
                "Transfer-Encoding: chunked                              | UPSTREAM_TOO_LARGE",
                "Content-Encoding: gzip                                  | UPSTREAM_INVALID",
            })
    void answersThatAreTooMuchAreNotRead(String header, String code) {
        String body = header.startsWith("Transfer") ? "3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n" : "x".repeat(1001);
        String length = header.startsWith("Content-Encoding") ? "\r\nContent-Length: 3" : "";
        String answer = "HTTP/1.1 200 OK\r\n" + header + length + "\r\n\r\n" + (length.isEmpty() ? body : "abc");

        assertThat(failure(SMALL, (request, out) -> {
                    out.write(answer.getBytes(StandardCharsets.US_ASCII));
                    return true;
                }))
                .isEqualTo(code + " sent");
    }

    @Test
    void anAnswerWithoutEndIsCutAtTheLimit() {
        assertThat(failure(SMALL, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(new byte[1000]);
                    }
                }))
                .isEqualTo("UPSTREAM_TOO_LARGE sent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n123",
                "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
            })
    void answersThatAreCutOffOrNonsenseAreInvalid(String answer) {
        assertThat(failure(SMALL, (request, out) -> {
                    out.write(answer.getBytes(StandardCharsets.US_ASCII));
                    return false;
                }))
                .isEqualTo("UPSTREAM_INVALID sent");
    }

    @Test
    void headersWithoutEndAreInvalid() {
        assertThat(failure(SMALL, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 300; i++) {
                        out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    return false;
                }))
                .isEqualTo("UPSTREAM_INVALID sent");
    }

    @Test
    void aServiceThatHangsUpIsNotAvailable() {
        assertThat(failure(SMALL, (request, out) -> false)).isEqualTo("UPSTREAM_UNAVAILABLE sent");
    }

    @Test
    void aServiceThatIsNotThereWasNotSentAnything() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (HttpUpstream upstream = HttpUpstream.open(URI.create("http://127.0.0.1:" + port))) {
            assertThat(failure(upstream, null)).isEqualTo("UPSTREAM_UNAVAILABLE not sent");
        }
    }

    @Test
    void aServiceThatNeverAnswersIsLate() {
        assertThat(late((request, out, over) -> {
                    boolean unusedLate = over.complete(true);
                }))
                .isEqualTo("UPSTREAM_TIMEOUT sent");
        assertThat(failure(SMALL.read(Duration.ofMillis(50)), (request, out) -> true))
                .isEqualTo("UPSTREAM_TIMEOUT sent");
    }

    @Test
    void aServiceThatDripsIsLateForTheWhole() {
        assertThat(late((request, out, over) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n ".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    boolean unusedLate = over.complete(true);
                    while (true) {
                        out.write(' ');
                        out.flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                    }
                }))
                .isEqualTo("UPSTREAM_TIMEOUT sent");
    }

    @Test
    void aFileThatIsCutOffIsTheClientsFault() {
        Content body = new Content.Stream("text/plain", 10, () -> new ByteArrayInputStream(new byte[5]));
        try (RawServer server = RawServer.saying(RawServer.json("1"));
                HttpUpstream upstream = HttpUpstream.open(server.uri(), SMALL, null)) {
            assertThat(failure(upstream, body)).isEqualTo("BAD_ARGUMENT sent");
            assertThat(server.requests)
                    .allSatisfy(request -> assertThat(request).endsWith("\0\0\0\0\0"));
        }
    }

    @Test
    void aFileIsStreamed() throws IOException {
        Content body = new Content.Stream(
                "text/plain", 5, () -> new ByteArrayInputStream("12345".getBytes(StandardCharsets.US_ASCII)));
        try (RawServer server = RawServer.saying(RawServer.json("1"));
                HttpUpstream upstream = HttpUpstream.open(server.uri())) {
            assertThat(upstream.call(request("PUT", "/", body)).status()).isEqualTo(200);
            assertThat(server.requests.get(0)).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n12345");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h",
                "//h",
                "http:///x",
                "http://u:p@h",
                "http://h?q",
                "http://h#f",
                "orders",
                "file:/etc/passwd"
            })
    void aBaseIsAPlainAddress(String base) {
        assertThatThrownBy(() -> HttpUpstream.open(URI.create(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a service is at an http or https address with a host, without user, query and fragment");
    }

    private static String failure(HttpLimits limits, RawServer.Script script) {
        try (RawServer server = new RawServer(script);
                HttpUpstream upstream = HttpUpstream.open(server.uri(), limits, null)) {
            return failure(upstream, null);
        }
    }

    /** A service that says itself when it has taken too long. */
    private interface Late {
        void answer(String request, OutputStream out, CompletableFuture<Boolean> over) throws IOException;
    }

    /** The time that is passed is that of the limits; who says that it is over is the service. */
    private static String late(Late service) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        List<Duration> asked = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer((request, out) -> {
                    service.answer(request, out, over);
                    return true;
                });
                HttpUpstream upstream =
                        HttpUpstream.open(server.uri(), SMALL.total(Duration.ofSeconds(7)), null, time -> {
                            asked.add(time);
                            return over;
                        })) {
            String failed = failure(upstream, null);
            assertThat(asked).containsExactly(Duration.ofSeconds(7));
            return failed;
        }
    }

    private static String failure(HttpUpstream upstream, @Nullable Content body) {
        UpstreamException failed = catchThrowableOfType(
                UpstreamException.class, () -> upstream.call(request(body == null ? "GET" : "PUT", "/", body)));
        return failed.problem().code() + (failed.sent() ? " sent" : " not sent");
    }

    private static UpstreamRequest get() {
        return request("GET", "/", null);
    }

    private static UpstreamRequest request(String method, String target, @Nullable Content body) {
        return new UpstreamRequest(method, target, List.of(), body, Duration.ofSeconds(20));
    }
}
