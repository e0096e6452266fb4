package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that two readers could take apart in two ways: each is refused, and its connection is closed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {
    private static final String HOST = "Host: orders.shop.localhost\r\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";

    private final FakeService service = FakeService.saying("reached");
    private final Gateway gateway = Gateway.start();

    @BeforeAll
    void expose() {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders().define()));
    }

    @AfterAll
    void close() {
        gateway.close();
        service.close();
    }

    static Stream<Arguments> ambiguous() {
        String body = "0\r\n\r\n" + SMUGGLED;
        return Stream.of(
                vector("two lengths", 400, post("Content-Length: 4", "Content-Length: 5") + "abcde"),
                vector("one length twice", 400, post("Content-Length: 4", "Content-Length: 4") + "abcd"),
                vector("a list of lengths", 400, post("Content-Length: 4, 4") + "abcd"),
                vector("a negative length", 400, post("Content-Length: -1")),
                vector("a signed length", 400, post("Content-Length: +4") + "abcd"),
                vector("a hexadecimal length", 400, post("Content-Length: 0x4") + "abcd"),
                vector("an empty length", 400, post("Content-Length:") + "abcd"),
                vector("a huge length", 400, post("Content-Length: 99999999999999999999") + "abcd"),
                vector("length with a space inside", 400, post("Content-Length: 4 4") + "abcd"),
                vector("CL.TE", 400, post("Content-Length: 5", "Transfer-Encoding: chunked") + body),
                vector("TE.CL", 400, post("Transfer-Encoding: chunked", "Content-Length: 5") + body),
                vector("two codings", 400, post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + body),
                vector("hidden coding", 400, post("Transfer-Encoding: chunked", "Transfer-Encoding: x") + body),
                vector("xchunked", 400, post("Transfer-Encoding: xchunked") + body),
                vector("identity", 400, post("Transfer-Encoding: identity") + body),
                vector("empty coding", 400, post("Transfer-Encoding:") + body),
                vector("gzip, chunked", 400, post("Transfer-Encoding: gzip, chunked") + body),
                vector("chunked, identity", 400, post("Transfer-Encoding: chunked, identity") + body),
                vector("chunked with parameter", 400, post("Transfer-Encoding: chunked;a=b") + body),
                vector("chunked in quotes", 400, post("Transfer-Encoding: \"chunked\"") + body),
                vector("vertical tab before chunked", 400, post("Transfer-Encoding: \u000bchunked") + body),
                vector("space before the colon", 400, post("Transfer-Encoding : chunked") + body),
                vector("space before the length's colon", 400, post("Content-Length : 4") + "abcd"),
                vector("underscored coding", 400, post("Transfer_Encoding: chunked") + body),
                vector("underscored length", 400, post("Content_Length: 4") + "abcd"),
                vector(
                        "coding in HTTP/1.0",
                        400,
                        "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body),
                vector("NUL in a value", 400, Raw.request("GET", "/", "X: a\u0000b")),
                vector("CR in a value", 400, Raw.request("GET", "/", "X: a\rb")),
                vector("DEL in a value", 400, Raw.request("GET", "/", "X: a\u007fb")),
                vector("space in a name", 400, Raw.request("GET", "/", "X y: a")),
                vector("empty name", 400, Raw.request("GET", "/", ": a")),
                vector("no colon", 400, Raw.request("GET", "/", "nonsense")),
                vector("8-bit name", 400, Raw.request("GET", "/", "X\u00e4: a")),
                vector("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
                vector("two hosts", 400, Raw.request("GET", "/", "Host: evil.localhost")),
                vector("one host twice", 400, Raw.request("GET", "/", "Host: orders.shop.localhost")),
                vector(
                        "two authorizations",
                        400,
                        Raw.request("GET", "/", "Authorization: Bearer a", "Authorization: Bearer b")),
                vector("HTTP/2.0", 505, "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
                vector("HTTP/1.2", 505, "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
                vector("http/1.1", 400, "GET / http/1.1\r\n" + HOST + "\r\n"),
                vector("HTTP/0.9", 400, "GET /\r\n" + HOST + "\r\n"),
                vector("space in the target", 400, "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
                vector("websocket", 501, Raw.request("GET", "/", "Connection: Upgrade", "Upgrade: websocket")),
                vector("unknown expectation", 417, Raw.request("GET", "/", "Expect: the-unexpected")),
                vector("ten options", 400, Raw.request("GET", "/", "Connection: a,b,c,d,e,f,g,h,i,j")),
                vector("nominated host", 400, Raw.request("GET", "/", "Connection: host")),
                vector("nominated authorization", 400, Raw.request("GET", "/", "Connection: close, Authorization")),
                vector(
                        "nominated authorization, upgrade",
                        400,
                        Raw.request("GET", "/", "Connection: upgrade, authorization", "Upgrade: websocket")),
                vector("nominated length", 400, post("Connection: content-length", "Content-Length: 4") + "abcd"),
                vector("nominated x-forwarded-for", 400, Raw.request("GET", "/", "Connection: x-forwarded-for")),
                vector("nominated x-forwarded-host", 400, Raw.request("GET", "/", "Connection: X-Forwarded-Host")),
                vector("nominated cookie", 400, Raw.request("GET", "/", "Connection: cookie")),
                vector("option that is no token", 400, Raw.request("GET", "/", "Connection: a b")),
                vector("disguised x-forwarded-for", 400, Raw.request("GET", "/", "X_Forwarded_For: 6.6.6.6")),
                vector("disguised x-http-method", 400, Raw.request("GET", "/", "X-HTTP_Method: DELETE")));
    }

    private static Arguments vector(String name, int status, String text) {
        return Arguments.of(name, status, text);
    }

    private static String post(String... fields) {
        return Raw.request("POST", "/", fields);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void isRefusedAndClosed(String name, int status, String text) {
        try (Raw raw = Raw.to(gateway)) {
            raw.send(text);
            Raw.Answer answer = raw.answer();

            assertThat(answer.status()).as(name).isEqualTo(status);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(raw.isClosed()).isTrue();
            assertThat(service.asked()).noneMatch(asked -> asked.first().contains("smuggled"));
        }
    }

    static Stream<Arguments> badChunks() {
        return Stream.of(
                Arguments.of("no number", "x\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("overflow", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("negative", "-1\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("hexadecimal prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("missing end of line", "3\r\nabcd\r\n0\r\n\r\n"),
                Arguments.of("line feed in an extension", "3;a=\nb\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("bare line feed behind a size", "3\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChunks")
    void badChunkIsRefusedAndTheServiceSeesNoWholeRequest(String name, String body) {
        try (Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request("POST", "/chunks", "Transfer-Encoding: chunked") + body);

            assertThat(raw.answer().status()).as(name).isEqualTo(400);
            assertThat(raw.isClosed()).isTrue();
            assertThat(service.asked()).noneMatch(asked -> asked.first().contains("chunks"));
        }
    }

    @Test
    void trailersMaySayNothingThatAHeaderDecides() {
        Raw.Answer answer = Raw.ask(
                gateway,
                Raw.request("POST", "/trailers", "Transfer-Encoding: chunked")
                        + "3\r\nabc\r\n0\r\nAuthorization: Bearer x\r\nHost: evil\r\nX-Forwarded-For: 6.6.6.6\r\n"
                        + "X-Checksum: 9\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(service.asked())
                .filteredOn(asked -> asked.first().contains("trailers"))
                .extracting(FakeService.Asked::body)
                .containsExactly("abc|X-Checksum: 9");
    }

    @Test
    void twoLengthsAreSaidToBeTheReason() {
        assertThat(Raw.ask(gateway, post("Content-Length: 4", "Content-Length: 5") + "abcde")
                        .body())
                .isEqualTo(
                        "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"the message is not valid HTTP/1.1\"}\n");
    }
}
