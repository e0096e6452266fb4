package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks a contender once, so that nobody is measured who does something else. */
final class Probe {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Probe() {}

    static void expect(String row, int port, Map<String, String> headers, int status, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Upstream.PATH))
                .timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != status || (!body.isEmpty() && !answer.body().equals(body))) {
            throw new IOException(row + " should have answered " + status + " " + body + ", but answered "
                    + answer.statusCode() + " " + answer.body());
        }
    }
}
