package dev.lintel.traffic.rollout.prometheus;

import static dev.lintel.traffic.rollout.prometheus.FakePrometheus.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is asked, and what each answer means. */
class PrometheusMetricsTest {
    private static final Question DEPTH = new Question("orders.shop", "v2", "depth", 0, Duration.ofMinutes(10));

    private static Reading read(PrometheusMetrics metrics, Question question) {
        return metrics.read(question).toCompletableFuture().join();
    }

    private static PrometheusMetrics depth(FakePrometheus fake) {
        return fake.metrics().query("depth", "depth{version='$version'}");
    }

    @Test
    void asksForIstiosStandardMetrics() throws IOException {
        try (FakePrometheus fake =
                FakePrometheus.answering(200, query -> vector(query.startsWith("sum(increase") ? "119.6" : "0.025"))) {
            PrometheusMetrics metrics = fake.metrics();
            assertThat(read(metrics, new Question("orders.shop", "v2", Question.ERROR_RATE, 0, Duration.ofMinutes(5))))
                    .isEqualTo(new Reading.Value(0.025, 120));
            assertThat(read(
                            metrics,
                            new Question("orders.shop", "v2", Question.LATENCY, 0.99, Duration.ofMillis(1500))))
                    .isEqualTo(new Reading.Value(0.025, 120));
            String of = "reporter=\"source\",destination_service_name=\"orders\","
                    + "destination_service_namespace=\"shop\",destination_version=\"v2\"";
            assertThat(fake.asked())
                    .containsExactlyInAnyOrder(
                            "POST /api/v1/query (sum(rate(istio_requests_total{" + of
                                    + ",response_code=~\"5..|0\"}[5m])) or vector(0)) / sum(rate(istio_requests_total{"
                                    + of + "}[5m]))",
                            "POST /api/v1/query sum(increase(istio_requests_total{" + of + "}[5m]))",
                            "POST /api/v1/query histogram_quantile(0.99, sum by (le) ("
                                    + "rate(istio_request_duration_milliseconds_bucket{" + of
                                    + "}[1s500ms]))) / 1000",
                            "POST /api/v1/query sum(increase(istio_requests_total{" + of + "}[1s500ms]))");
        }
    }

    @Test
    void asksBelowThePrefixOfItsAddress() throws IOException {
        try (FakePrometheus fake = FakePrometheus.answering(200, query -> vector("3"))) {
            PrometheusMetrics metrics = PrometheusMetrics.at(URI.create(fake.uri() + "/prometheus/"))
                    .timeout(Duration.ofMinutes(2))
                    .query("depth", "depth");
            assertThat(read(metrics, DEPTH)).isEqualTo(new Reading.Value(3, -1));
            assertThat(fake.asked()).containsExactly("POST /prometheus/api/v1/query depth");
        }
    }

    @TestFactory
    Stream<DynamicTest> aNumberIsAReadingAndAllElseIsNothing() {
        String noCalls = ", which is what comes of no calls";
        return Stream.of(
                        new Case(200, vector("0.5"), new Reading.Value(0.5, -1)),
                        new Case(200, vector("1e-3"), new Reading.Value(0.001, -1)),
                        new Case(200, scalar("7"), new Reading.Value(7, -1)),
                        nothing(
                                200,
                                vector(),
                                "no calls were measured, or there is no such metric (the query found no series)"),
                        nothing(200, vector("NaN"), "the answer is NaN" + noCalls),
                        nothing(200, vector("+Inf"), "the answer is +Inf" + noCalls),
                        nothing(200, vector("-Inf"), "the answer is -Inf" + noCalls),
                        nothing(200, vector("1e999"), "the answer is 1e999" + noCalls),
                        nothing(
                                200,
                                vector("1", "2", "3"),
                                "the query found 3 series, and one number is wanted: aggregate it, for example by sum(...)"),
                        nothing(
                                200,
                                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                                "the query gives a matrix, and one number is wanted: an instant vector or a scalar"),
                        nothing(
                                200,
                                vector("1").replace("{\"status\"", "{\"warnings\":[\"one store is down\"],\"status\""),
                                "the answer may be only a part, Prometheus warns: one store is down"),
                        nothing(
                                400,
                                error("bad_data", "parse error: unexpected end"),
                                "Prometheus cannot answer this query, bad_data: parse error: unexpected end"),
                        nothing(
                                422,
                                error("execution", "many-to-many\\nmatching"),
                                "Prometheus cannot answer this query, execution: many-to-many matching"))
                .map(one -> DynamicTest.dynamicTest(one.body(), () -> {
                    try (FakePrometheus fake = FakePrometheus.answering(one.status(), query -> one.body())) {
                        assertThat(read(depth(fake), DEPTH)).isEqualTo(one.reading());
                    }
                }));
    }

    private record Case(int status, String body, Reading reading) {}

    private static Case nothing(int status, String body, String why) {
        return new Case(status, body, new Reading.Nothing(why));
    }

    private static String scalar(String value) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1780315200,\"" + value
                + "\"]}}";
    }

    private static String error(String type, String words) {
        return "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + words + "\"}";
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoAnswerFailsTheReading() {
        String html = "<html><body>Bad Gateway</body></html>";
        return Stream.of(
                        new String[] {
                            "503", error("timeout", "query timed out"), "answered 503, timeout: query timed out"
                        },
                        new String[] {"500", error("internal", ""), "answered 500, internal: "},
                        new String[] {"502", html, "answered 502 with something that is not JSON, or only a part of it"
                        },
                        new String[] {"200", html, "answered 200 with something that is not JSON, or only a part of it"
                        },
                        new String[] {
                            "200",
                            vector("1").substring(0, 40),
                            "answered 200 with something that is not JSON, or only a part of it"
                        },
                        new String[] {"200", "", "answered 200 with JSON that is not Prometheus's"},
                        new String[] {"200", "[]", "answered 200 with JSON that is not Prometheus's"},
                        new String[] {"404", "{\"message\":\"no\"}", "answered 404 with JSON that is not Prometheus's"},
                        new String[] {"200", vector("one"), "answered with a value that is no number"},
                        new String[] {"401", "", "answered 401: it wants another credential"},
                        new String[] {"403", html, "answered 403: it wants another credential"},
                        new String[] {"302", "", "answered 302 with JSON that is not Prometheus's"},
                        new String[] {
                            "200", " ".repeat(1_100_000) + vector("1"), "answered with more than 1048576 bytes"
                        })
                .map(one -> DynamicTest.dynamicTest(one[0] + " " + one[2], () -> {
                    try (FakePrometheus fake = FakePrometheus.answering(Integer.parseInt(one[0]), query -> one[1])) {
                        assertFails(depth(fake), "Prometheus at " + fake.uri() + "/api/v1/query " + one[2]);
                    }
                }));
    }

    private static void assertFails(PrometheusMetrics metrics, String message) {
        assertThatThrownBy(() -> read(metrics, DEPTH))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void oneThatIsDownFailsTheReading() throws IOException {
        FakePrometheus gone = FakePrometheus.answering(200, query -> vector("1"));
        gone.close();
        assertFails(depth(gone), "Prometheus at " + gone.uri() + "/api/v1/query could not be connected to");
    }

    @Test
    void oneThatBreaksOffFailsTheReading() throws IOException {
        try (FakePrometheus fake = FakePrometheus.start((exchange, query) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            exchange.getHttpContext().getServer().stop(0);
        })) {
            assertFails(
                    depth(fake), "Prometheus at " + fake.uri() + "/api/v1/query broke off the exchange (IOException)");
        }
    }

    @Test
    void oneThatIsSlowFailsTheReading() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (FakePrometheus silent = FakePrometheus.start((exchange, query) -> await(end));
                FakePrometheus drips = FakePrometheus.start((exchange, query) -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(end);
                })) {
            for (FakePrometheus slow : new FakePrometheus[] {silent, drips}) {
                assertFails(
                        depth(slow).timeout(Duration.ofMillis(150)),
                        "Prometheus at " + slow.uri() + "/api/v1/query did not answer within 150ms");
            }
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aMetricThatNobodySaidAQueryForIsNothing() throws IOException {
        try (FakePrometheus fake = FakePrometheus.answering(200, query -> vector("1"))) {
            assertThat(read(fake.metrics(), DEPTH))
                    .isEqualTo(new Reading.Nothing("there is no such metric: no query is said for 'depth';"
                            + " there are error_rate, latency"));
            assertThat(fake.asked()).isEmpty();
        }
    }

    @Test
    void aValueOfCallsThatCannotBeCountedIsNothing() throws IOException {
        try (FakePrometheus fake =
                FakePrometheus.answering(200, query -> query.equals("calls") ? vector() : vector("0"))) {
            assertThat(read(fake.metrics().query("depth", "depth", "calls"), DEPTH))
                    .isEqualTo(new Reading.Nothing("its calls could not be counted: no calls were measured, or there is"
                            + " no such metric (the query found no series)"));
        }
    }

    @Test
    void aSuccessWithAnotherStatusIsNoReading() throws IOException {
        try (FakePrometheus fake = FakePrometheus.answering(503, query -> vector("0"))) {
            assertFails(
                    depth(fake),
                    "Prometheus at " + fake.uri() + "/api/v1/query answered 503 with a success in its body");
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> PrometheusMetrics.at(URI.create("http://me:pw-7@prometheus:9090")))
                .hasMessage("a Prometheus is http(s)://host[:port][/prefix], without user, query and fragment, but was"
                        + " given with the scheme 'http' and the host 'prometheus'");
        assertThatThrownBy(() -> PrometheusMetrics.at(URI.create("file:/tmp/x")))
                .hasMessageContaining("the scheme 'file' and the host 'null'");
        PrometheusMetrics metrics = PrometheusMetrics.at(URI.create("http://prometheus:9090"));
        assertThatThrownBy(() -> metrics.timeout(Duration.ZERO))
                .hasMessage("the time-out of a query must be 1 ms to 5m, but was PT0S");
        assertThat(metrics).hasToString("Prometheus at http://prometheus:9090/api/v1/query (2 metrics)");
    }
}
