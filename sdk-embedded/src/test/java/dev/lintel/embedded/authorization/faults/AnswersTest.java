package dev.lintel.embedded.authorization.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.authorization.chaos.ChaosHit;
import dev.lintel.embedded.authorization.chaos.ChaosPoint;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Answers in place of the endpoint's, and how long they last. */
class AnswersTest {
    private final Disturbed server = new Disturbed();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String status(String answer) {
        return answer.lines().findFirst().orElse("");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @TestFactory
    Stream<DynamicTest> eachIsSentInPlaceOfTheReplyAndNothingIsExecuted() {
        Map<Consumer<ChaosPoint>, List<String>> cases = new LinkedHashMap<>();
        cases.put(at -> at.status(503), List.of("503 Service Unavailable", "disturbed on purpose"));
        cases.put(
                at -> at.error(400, "invalid_grant"),
                List.of("400 Bad Request", "Cache-Control: no-store", "{\"error\":\"invalid_grant\"}"));
        cases.put(
                at -> at.tooManyRequests(Duration.ofSeconds(7)),
                List.of("429 Too Many Requests", "Retry-After: 7\r\n"));
        cases.put(
                at -> at.tooManyRequests(Instant.parse("2030-01-06T09:08:07Z")),
                List.of("429 Too Many Requests", "Retry-After: Sun, 06 Jan 2030 09:08:07 GMT\r\n"));
        cases.put(
                at -> at.unavailable(Duration.ofMinutes(2)),
                List.of("503 Service Unavailable", "Retry-After: 120\r\n"));
        cases.put(
                ChaosPoint::malformedJson,
                List.of("200 OK", "application/json", "{\"access_token\":\"abc\",\"expires_in\":"));
        cases.put(
                at -> at.redirect(URI.create("http://127.0.0.1:1/elsewhere")),
                List.of("307 Temporary Redirect", "Location: http://127.0.0.1:1/elsewhere\r\n"));
        cases.put(
                at -> at.answer(200, "text/plain", "h\u00e9"),
                List.of("200 OK", "Content-Type: text/plain\r\n", "\r\n\r\nh\u00c3\u00a9"));
        cases.put(at -> at.bytes("SSH-2.0\r\n".getBytes(StandardCharsets.US_ASCII)), List.of("SSH-2.0\r\n"));
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getValue().get(0), () -> {
                    try (Disturbed own = new Disturbed()) {
                        one.getKey().accept(own.chaos().token().once());
                        String answer = own.token();
                        assertThat(answer).contains(one.getValue());
                        assertThat(own.executed).hasValue(0);
                        assertThat(body(own.token())).isEqualTo("{\"access_token\":\"token-1\"}");
                    }
                }));
    }

    @Test
    void oneIsMetOnceOrSomeTimesOrUntilItIsClosed() {
        Disturbance once = server.chaos().token().once().status(500);
        Disturbance twice = server.chaos().token().times(2).status(502);
        try (Disturbance long1 = server.chaos().token().status(503)) {
            assertThat(Stream.generate(() -> status(server.token())).limit(5))
                    .containsExactly(
                            "HTTP/1.1 500 Internal Server Error",
                            "HTTP/1.1 502 Bad Gateway",
                            "HTTP/1.1 502 Bad Gateway",
                            "HTTP/1.1 503 Service Unavailable",
                            "HTTP/1.1 503 Service Unavailable");
            assertThat(long1.hits()).isEqualTo(2);
        }
        assertThat(status(server.token())).isEqualTo("HTTP/1.1 200 OK");
        assertThat(List.of(once.hits(), twice.hits())).containsExactly(1, 2);
        assertThat(server.chaos()).hasToString("chaos []");
    }

    @Test
    void otherEndpointsAndOtherGrantsAreLeftAlone() {
        server.chaos().token().grant("refresh_token").status(500);
        server.chaos().metadata().once().status(501);
        Disturbance keys = server.chaos().jwksOutage();
        assertThat(status(server.token())).isEqualTo("HTTP/1.1 200 OK");
        assertThat(status(server.ask(Disturbed.post("a=b&grant_type=refresh%5Ftoken"))))
                .isEqualTo("HTTP/1.1 500 Internal Server Error");
        assertThat(status(server.ask(Disturbed.post("grant_type=%")))).isEqualTo("HTTP/1.1 200 OK");
        String discovery = "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: id\r\n\r\n";
        assertThat(status(server.ask(discovery))).isEqualTo("HTTP/1.1 501 Not Implemented");
        assertThat(status(server.ask(discovery))).isEqualTo("HTTP/1.1 200 OK");
        assertThat(status(server.ask(Disturbed.GET_KEYS))).isEqualTo("HTTP/1.1 503 Service Unavailable");
        keys.close();
        assertThat(status(server.ask(Disturbed.GET_KEYS))).isEqualTo("HTTP/1.1 200 OK");
        server.chaos().everywhere().once().status(418);
        assertThat(status(server.ask("GET /nowhere HTTP/1.1\r\nHost: id\r\n\r\n")))
                .startsWith("HTTP/1.1 418 ");
    }

    @Test
    void whatWasSaidFirstComesFirstAndTheRestSeesWhatItLetsThrough() {
        server.chaos().token().contentType("text/html");
        Disturbance never = server.chaos().at("/token").status(500);
        String answer = server.token();
        assertThat(status(answer)).isEqualTo("HTTP/1.1 500 Internal Server Error");
        assertThat(answer).contains("Content-Type: text/html\r\n");
        never.close();
        assertThat(server.token()).contains("Content-Type: text/html\r\n").endsWith("{\"access_token\":\"token-1\"}");
        assertThat(server.chaos().hits())
                .extracting(ChaosHit::toString)
                .containsExactly(
                        "POST /token met status 500, and was not executed",
                        "POST /token met content type text/html",
                        "POST /token met content type text/html");
    }

    @Test
    void clearingEndsAllAndForgets() {
        server.chaos().token().status(500);
        server.chaos().jwksOutage();
        server.token();
        assertThat(server.chaos()).hasToString("chaos [status 500, status 503]");
        server.chaos().clear();
        assertThat(status(server.token())).isEqualTo("HTTP/1.1 200 OK");
        assertThat(server.chaos().hits()).isEmpty();
        assertThat(server.chaos()).hasToString("chaos []");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        ChaosPoint token = server.chaos().token();
        assertThatThrownBy(() -> token.times(0))
                .hasMessage("a disturbance must meet at least 1 request, but was given 0");
        assertThatThrownBy(() -> token.status(302)).hasMessage("an error's status must be 400 to 599, but was 302");
        assertThatThrownBy(() -> token.answer(101, "text/plain", ""))
                .hasMessage("an answer's status must be 200 to 599, but was 101");
        assertThatThrownBy(() -> token.latency(Duration.ZERO))
                .hasMessage("a delay must be more than zero, but was PT0S");
        assertThatThrownBy(() -> token.drip(0, Duration.ofSeconds(1)))
                .hasMessage("a piece must have at least 1 byte, but was given 0");
        assertThatThrownBy(() -> token.hugeBody(31))
                .hasMessage("a huge body must have at least 32 bytes, but was given 31");
        assertThatThrownBy(() -> server.chaos().resetConnections(0))
                .hasMessage("a disturbance must meet at least 1 connection, but was given 0");
        assertThatThrownBy(() -> token.once().status(500).await(1, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("status 500 was to meet 1 within PT0.001S, but met 0");
    }
}
