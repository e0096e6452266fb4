package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.HttpLimits;
import dev.lintel.graphql.upstream.HttpUpstream;
import dev.lintel.graphql.upstream.Upload;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A word that stands everywhere a secret could stand comes out nowhere. */
class LeakTest {
    private static final String CANARY = "canary7f3a";
    private static final Written WRITTEN = Written.of("""
            openapi: 3.0.3
            paths:
              /x/{id}:
                post:
                  operationId: post
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: H, in: header, schema: {type: string}}
                    - {name: c, in: cookie, schema: {type: string}}
                  requestBody: {content: {application/json: {schema: {type: object, properties: {a: {}, p: {type: string}}}}}}
                  responses: {'200': {content: {application/json: {schema: {}}}}}
            """);

    @Test
    void refusedArgumentsSayNoValues() {
        List<Map<String, Object>> refused = List.of(
                Map.of("id", "../" + CANARY),
                Map.of("id", "a", "H", CANARY + "\r\n"),
                Map.of("id", "a", "c", CANARY + ";"),
                Map.of("id", CANARY + "\ud800"),
                Map.of("id", "a", "input", Map.of(CANARY, 1)),
                Map.of("id", "a", "input", Map.of("a", Map.of(CANARY, new Object()))),
                Map.of("id", "a", "input", Map.of("a", CANARY + "\ud800")),
                Map.of("id", "a", "input", Map.of("a", new Upload(CANARY, CANARY, 1, InputStream::nullInputStream))));
        for (Map<String, Object> arguments : refused) {
            Throwable failure = catchThrowable(() -> WRITTEN.write("POST /x/{id}", arguments));

            assertThat(failure).isInstanceOf(BadArgumentException.class);
            assertThat(trace(failure)).doesNotContain(CANARY);
        }
    }

    @Test
    void answersSayNothingOfTheInside() {
        String body = """
                {"title": "http://%1$s.internal/", "detail": "at %1$s\\nat line", "type": "%1$s", "instance": "%1$s",
                 "%1$s": "%1$s", "errors": [{"field": "%1$s", "message": "%1$s"}, {"field": "a", "message": "http://%1$s"}]}
                """.formatted(CANARY);
        List<Header> headers = List.of(
                new Header("Content-Type", "application/problem+json"),
                new Header("Server", CANARY),
                new Header("Location", "http://" + CANARY),
                new Header("Retry-After", CANARY),
                new Header("WWW-Authenticate", CANARY));
        for (ErrorDetails details : ErrorDetails.values()) {
            for (int status : new int[] {302, 400, 401, 404, 409, 422, 429, 500, 502, 503, 504}) {
                told(details, new UpstreamAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8)));
            }
            told(details, new UpstreamAnswer(200, headers, (CANARY + "{").getBytes(StandardCharsets.UTF_8)));
            told(details, new UpstreamAnswer(200, List.of(new Header("Content-Type", "text/html")), new byte[] {1}));
        }
    }

    private static void told(ErrorDetails details, UpstreamAnswer answer) {
        AnswerReader reader =
                AnswerReader.of(WRITTEN.operation("POST /x/{id}"), details, WRITTEN.writer("POST /x/{id}"));

        Throwable failure = catchThrowable(() -> reader.read(answer));

        assertThat(failure).isInstanceOf(UpstreamException.class);
        assertThat(trace(failure)).doesNotContain(CANARY);
        assertThat(answer.toString()).doesNotContain(CANARY);
    }

    @Test
    void callsThatFailSayNothingOfTheService() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Content file = new Content.Stream("text/plain", 1, () -> {
            throw new IOException(CANARY);
        });
        UpstreamRequest request = new UpstreamRequest(
                "PUT",
                "/" + CANARY + "?q=" + CANARY,
                List.of(new Header("Authorization", CANARY)),
                file,
                Duration.ofSeconds(5));
        List<URI> bases = List.of(
                URI.create("http://127.0.0.1:" + port + "/" + CANARY),
                URI.create("https://127.0.0.1:" + port + "/" + CANARY));
        for (URI base : bases) {
            try (HttpUpstream upstream = HttpUpstream.open(base, HttpLimits.DEFAULT, null)) {
                Throwable failure = catchThrowable(() -> upstream.call(request));

                assertThat(failure).isInstanceOf(UpstreamException.class);
                UpstreamProblem problem = ((UpstreamException) failure).problem();
                assertThat(failure.getMessage() + problem.message() + problem.extensions() + problem + upstream)
                        .doesNotContain(CANARY)
                        .doesNotContain(String.valueOf(port));
            }
        }
        assertThat(request.toString()).doesNotContain("?").doesNotContain("Authorization: " + CANARY);
    }

    /** Message, problem and causes: all that could be printed of it. */
    private static String trace(Throwable failure) {
        List<String> said = new ArrayList<>();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            said.add(at.toString());
        }
        if (failure instanceof UpstreamException upstream) {
            said.add(upstream.problem() + " " + upstream.problem().extensions());
        }
        return String.join("\n", said);
    }
}
