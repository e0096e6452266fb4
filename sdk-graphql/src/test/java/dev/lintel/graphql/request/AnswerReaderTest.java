package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers become values, and problems say no more than they may. */
class AnswerReaderTest {
    private static final Written WRITTEN = Written.of("""
            openapi: 3.0.3
            paths:
              /json: {get: {operationId: json, responses: {'200': {content: {application/json: {schema: {}}}}}}}
              /text: {get: {operationId: text, responses: {'200': {content: {text/csv: {}}}}}}
              /html: {get: {operationId: html, responses: {'200': {content: {text/html: {}}}}}}
              /bytes: {get: {operationId: bytes, responses: {'200': {content: {image/png: {}}}}}}
              /none: {delete: {operationId: none, responses: {'204': {description: gone}}}}
              /post:
                post:
                  operationId: post
                  parameters: [{name: page-size, in: query, schema: {type: integer}}]
                  requestBody: {content: {application/json: {schema: {type: object, properties: {
                    last-name: {type: string}, tags: {type: array, items: {type: object, properties: {a/b: {}}}}}}}}}
                  responses: {'200': {description: fine}}
            """);
    private static final String PROBLEM = """
            {"type": "https://errors.example/t", "title": "Not now", "status": 422, "detail": "the name is taken",
             "instance": "/internal/42", "trace": "at com.acme.Secret.java",
             "errors": [{"pointer": "#/last-name", "detail": "too short"}, {"field": "tags[1].a/b", "message": "bad"},
                        {"name": "page-size", "reason": "too many"}, {"field": "internalColumn", "message": "canary"}]}
            """;

    @Test
    void valuesAreWhatTheDocumentPromises() throws UpstreamException {
        assertThat(read("GET /json", answer(200, "application/json", "{\"a\": 9007199254740993}")))
                .isEqualTo(Map.of("a", 9007199254740993L));
        assertThat(read("GET /json", answer(201, "application/hal+json; charset=utf-8", "1")))
                .isEqualTo(1);
        assertThat(read("GET /json", answer(200, "", "1"))).isEqualTo(1);
        assertThat(read("GET /json", answer(200, "text/plain", "1"))).isEqualTo(1);
        assertThat(read("GET /json", answer(204, "", ""))).isNull();
        assertThat(read("GET /text", answer(200, "text/csv", "a,é"))).isEqualTo("a,é");
        assertThat(read("GET /text", answer(200, "text/csv; charset=\"ISO-8859-1\"", "é")))
                .isEqualTo("Ã©");
        assertThat(read("GET /text", answer(200, "text/csv", ""))).isEqualTo("");
        assertThat(read("GET /html", answer(200, "text/html", "<p>"))).isEqualTo("<p>");
        assertThat(read("GET /bytes", answer(200, "image/png", "\0\1\2"))).isEqualTo("AAEC");
        assertThat(read("DELETE /none", answer(204, "", ""))).isEqualTo(true);
        assertThat(read("DELETE /none", answer(200, "text/html", "<p>gone</p>")))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /json  | 200 | text/html                 | {\"a\":1}       | UPSTREAM_INVALID",
                "GET /json  | 200 | application/xml           | <a/>            | UPSTREAM_INVALID",
                "GET /json  | 200 | application/json          | <html>          | UPSTREAM_INVALID",
                "GET /json  | 200 | application/json          | ''              | UPSTREAM_INVALID",
                "GET /json  | 200 | application/json          | {\"a\":         | UPSTREAM_INVALID",
                "GET /text  | 200 | text/html                 | <h1>Login</h1>  | UPSTREAM_INVALID",
                "GET /bytes | 200 | text/html                 | <h1>Login</h1>  | UPSTREAM_INVALID",
                "GET /text  | 200 | text/csv; charset=klingon | a               | UPSTREAM_INVALID",
                "GET /json  | 302 | text/html                 | ''              | UPSTREAM_REDIRECT",
                "GET /json  | 304 | ''                        | ''              | UPSTREAM_REDIRECT",
                "GET /json  | 400 | ''                        | ''              | UPSTREAM_BAD_REQUEST",
                "GET /json  | 401 | ''                        | ''              | UPSTREAM_UNAUTHENTICATED",
                "GET /json  | 403 | ''                        | ''              | UPSTREAM_FORBIDDEN",
                "GET /json  | 404 | ''                        | ''              | UPSTREAM_NOT_FOUND",
                "GET /json  | 408 | ''                        | ''              | UPSTREAM_TIMEOUT",
                "GET /json  | 409 | ''                        | ''              | UPSTREAM_CONFLICT",
                "GET /json  | 412 | ''                        | ''              | UPSTREAM_CONFLICT",
                "GET /json  | 422 | ''                        | ''              | UPSTREAM_BAD_REQUEST",
                "GET /json  | 429 | ''                        | ''              | UPSTREAM_TOO_MANY_REQUESTS",
                "GET /json  | 500 | ''                        | ''              | UPSTREAM_FAILED",
                "GET /json  | 503 | ''                        | ''              | UPSTREAM_UNAVAILABLE",
                "GET /json  | 504 | ''                        | ''              | UPSTREAM_TIMEOUT",
            })
    void everythingElseHasACode(String key, int status, String type, String body, String code) {
        assertThat(problem(key, ErrorDetails.HIDDEN, answer(status, type, body)).code())
                .hasToString(code);
    }

    @Test
    void aProblemIsToldWithItsArguments() {
        UpstreamProblem problem =
                problem("POST /post", ErrorDetails.SHOWN, answer(422, "application/problem+json", PROBLEM));

        assertThat(problem.extensions())
                .hasToString("{code=UPSTREAM_BAD_REQUEST, status=422, title=Not now, detail=the name is taken,"
                        + " violations=[{argument=input.last_name, detail=too short},"
                        + " {argument=input.tags.1.a_b, detail=bad}, {argument=page_size, detail=too many}]}");
        assertThat(problem.message()).isEqualTo("the service refused the request");
    }

    @Test
    void itsWordsAreHiddenUnlessTheyAreToBeShown() {
        UpstreamProblem problem =
                problem("POST /post", ErrorDetails.HIDDEN, answer(422, "application/problem+json", PROBLEM));

        assertThat(problem.extensions())
                .hasToString(
                        "{code=UPSTREAM_BAD_REQUEST, status=422,"
                                + " violations=[{argument=input.last_name}, {argument=input.tags.1.a_b}, {argument=page_size}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"errors\": {\"last-name\": [\"too short\"]}}",
                "{\"violations\": [{\"field\": \"last-name\", \"message\": \"too short\"}]}",
                "{\"invalid-params\": [{\"name\": \"last-name\", \"reason\": \"too short\"}]}",
            })
    void violationsHaveSeveralForms(String body) {
        assertThat(problem("POST /post", ErrorDetails.SHOWN, answer(400, "application/json", body))
                        .extensions())
                .hasToString("{code=UPSTREAM_BAD_REQUEST, status=400,"
                        + " violations=[{argument=input.last_name, detail=too short}]}");
    }

    @Test
    void whenToAskAgainIsTold() {
        UpstreamAnswer seconds = new UpstreamAnswer(429, List.of(new Header("Retry-After", "7")), new byte[0]);
        UpstreamAnswer date = new UpstreamAnswer(
                503,
                List.of(
                        new Header("Date", "Sat, 28 Nov 2026 12:00:00 GMT"),
                        new Header("Retry-After", "Sat, 28 Nov 2026 12:01:30 GMT")),
                new byte[0]);

        assertThat(problem("GET /json", ErrorDetails.HIDDEN, seconds).extensions())
                .containsEntry("retryAfter", 7L);
        assertThat(problem("GET /json", ErrorDetails.HIDDEN, date).extensions()).containsEntry("retryAfter", 90L);
        assertThat(problem("GET /json", ErrorDetails.HIDDEN, answer(503, "", ""))
                        .extensions())
                .doesNotContainKey("retryAfter");
    }

    private static @Nullable Object read(String key, UpstreamAnswer answer) throws UpstreamException {
        return reader(key, ErrorDetails.HIDDEN).read(answer);
    }

    private static AnswerReader reader(String key, ErrorDetails details) {
        return AnswerReader.of(WRITTEN.operation(key), details, WRITTEN.writer(key));
    }

    private static UpstreamProblem problem(String key, ErrorDetails details, UpstreamAnswer answer) {
        return catchThrowableOfType(
                        UpstreamException.class, () -> reader(key, details).read(answer))
                .problem();
    }

    private static UpstreamAnswer answer(int status, String type, String body) {
        List<Header> headers = type.isEmpty() ? List.of() : List.of(new Header("Content-Type", type));
        return new UpstreamAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
