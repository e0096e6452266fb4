package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHygieneTest {
    private static final String FORM = "grant_type=client_credentials&client_id=shop&client_secret=s3cret";
    private static final String HEAD = "POST /token HTTP/1.1\r\nHost: id\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n";

    private AuthorizationServer id;

    @BeforeEach
    void start() {
        id = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.ES256));
        id.client("shop", Secret.of("s3cret"), "orders.read");
    }

    @AfterEach
    void stop() {
        id.close();
    }

    private String exchange(String request) {
        try (Wire wire = new Wire(id.issuer())) {
            return wire.send(request).rest();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/token,POST",
        "HEAD,/token,POST",
        "PUT,/token,POST",
        "OPTIONS,/token,POST",
        "get,/jwks,GET",
        "HEAD,/jwks,GET",
        "POST,/jwks,GET",
        "DELETE,/.well-known/openid-configuration,GET"
    })
    void anotherMethodIs405(String method, String path, String allowed) {
        HttpResponse<String> answer = new Caller(id).send(method, path, "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "method not allowed\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/Token",
                "/token/",
                "//token",
                "/token;a=b",
                "/%74oken",
                "/jwks.json",
                "/.well-known/oauth-authorization-server/tenant"
            })
    void anUnknownPathIs404(String path) {
        assertThat(exchange("POST " + path + " HTTP/1.1\r\nHost: id\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .endsWith("\r\n\r\nnot found\n");
    }

    @Test
    void aTargetMayBeAWholeUri() {
        assertThat(exchange("GET http://id/jwks HTTP/1.1\r\nHost: id\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aBodyOf64KiBIsReadAndOneByteMoreIs413() {
        String padding = "&a=" + "x".repeat(64 * 1024 - FORM.length() - 3);
        assertThat(exchange(HEAD + "Content-Length: 65536\r\n\r\n" + FORM + padding))
                .startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(exchange(HEAD + "Content-Length: 65537\r\n\r\n" + FORM + padding + "x"))
                .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                .endsWith("\r\n\r\nthe body is too large\n");
        assertThat(id.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aBodyWhoseLengthIsNotSaidIsLimitedAsWell() {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        assertThat(exchange(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n");
        String form = Integer.toHexString(FORM.length()) + "\r\n" + FORM + "\r\n0\r\n\r\n";
        assertThat(exchange(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + form)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aMebibyteIsAnsweredAlthoughItIsNotReadAsARequest() {
        assertThat(exchange(HEAD + "Content-Length: 1048576\r\n\r\n" + "x".repeat(1_048_576)))
                .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                .endsWith("\r\n\r\nthe body is too large\n");
    }

    @Test
    void aHeaderThatIsTooLargeIs431() {
        assertThat(exchange(HEAD + "X: " + "x".repeat(1_048_576) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                .endsWith("\r\n\r\nthe header is too large\n");
    }

    @Test
    void aLineThatIsTooLongIs414() {
        assertThat(exchange("GET /" + "x".repeat(4096) + " HTTP/1.1\r\nHost: id\r\n\r\n"))
                .startsWith("HTTP/1.1 414 Request-URI Too Long\r\n")
                .endsWith("\r\n\r\nthe request line is too long\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /jwks HTTP/1.1\r\nHost : id\r\n\r\n",
                "GET /jwks HTTP/1.1\r\nHost: id\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
                "GET /jwks HTTP/1.1\r\nHost: id\r\nContent-Length: -1\r\n\r\n",
                "GET /jwks HTTP/1.1\r\nHost: id\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            })
    void whatIsNotHttpIs400(String request) {
        assertThat(exchange(request))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("connection: close\r\n")
                .endsWith("\r\n\r\nnot a valid HTTP/1.1 request\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: id\r\nHost: id\r\n"})
    void exactlyOneHostIsNeeded(String hosts) {
        assertThat(exchange("GET /jwks HTTP/1.1\r\n" + hosts + "\r\n"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .endsWith("\r\n\r\nthere must be exactly one Host field\n");
    }

    @Test
    void anOldClientNeedsNoHost() {
        assertThat(exchange("GET /jwks HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTheirOrder() {
        String get = "GET /jwks HTTP/1.1\r\nHost: id\r\n\r\n";
        String answers = exchange(get + "GET /nothing HTTP/1.1\r\nHost: id\r\n\r\n" + get
                + "GET /token HTTP/1.1\r\nHost: id\r\n\r\n" + HEAD + "Content-Length: " + FORM.length() + "\r\n\r\n"
                + FORM);
        assertThat(answers.split("HTTP/1\\.1 "))
                .extracting(answer -> answer.substring(0, Math.min(3, answer.length())))
                .containsExactly("", "200", "404", "200", "405", "200");
    }

    @Test
    void nothingIsReadBehindABadRequest() {
        assertThat(exchange("GARBAGE\r\n\r\nGET /jwks HTTP/1.1\r\nHost: id\r\n\r\n"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .doesNotContain("HTTP/1.1 200");
    }

    @Test
    void aRequestMayComeInSmallPieces() {
        String request = HEAD + "Content-Length: " + FORM.length() + "\r\n\r\n" + FORM;
        try (Wire wire = new Wire(id.issuer())) {
            request.chars().forEach(c -> wire.send(String.valueOf((char) c)));
            assertThat(wire.rest()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() {
        try (Wire wire = new Wire(id.issuer())) {
            wire.send(HEAD + "Expect: 100-continue\r\nContent-Length: " + FORM.length() + "\r\n\r\n");
            assertThat(wire.until("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
            assertThat(wire.send(FORM).rest()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void aConnectionThatBreaksOffHarmsNobody() {
        try (Wire wire = new Wire(id.issuer())) {
            wire.send(HEAD + "Content-Length: 100\r\n\r\ngrant_type=");
        }
        assertThat(exchange("GET /jwks HTTP/1.1\r\nHost: id\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n");
    }
}
