package dev.lintel.traffic.rollout.prometheus;

import static dev.lintel.traffic.rollout.prometheus.FakePrometheus.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lintel.core.Secret;
import dev.lintel.core.metric.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Credentials are sent, and shown nowhere. */
class PrometheusCanaryTest {
    private static final String CANARY = "canary-7c1f";
    private static final Question DEPTH = new Question("orders.shop", "v2", "depth", 0, Duration.ofMinutes(1));

    private static PrometheusMetrics depth(FakePrometheus fake) {
        return fake.metrics().query("depth", "depth");
    }

    private static String pair() {
        return Base64.getEncoder().encodeToString(("rollout:" + CANARY).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void credentialsAreAskedForBeforeEachQuery() throws IOException {
        AtomicInteger turn = new AtomicInteger();
        try (FakePrometheus fake = FakePrometheus.answering(200, query -> vector("1"))) {
            PrometheusMetrics metrics = depth(fake).bearer(() -> Secret.of("token-" + turn.incrementAndGet()));
            assertThat(metrics.read(DEPTH).toCompletableFuture().join()).isNotNull();
            assertThat(metrics.read(DEPTH).toCompletableFuture().join()).isNotNull();
            assertThat(depth(fake)
                            .basic("rollout", () -> Secret.of(CANARY))
                            .read(DEPTH)
                            .toCompletableFuture()
                            .join())
                    .isNotNull();
            assertThat(fake.credentials()).containsExactly("Bearer token-1", "Bearer token-2", "Basic " + pair());
        }
    }

    @Test
    void whatAServerEchoesIsNotRepeated() throws IOException {
        String echo = "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"who is Basic " + pair() + ", " + CANARY
                + "?\"}";
        for (String type : new String[] {"internal", "bad_data"}) {
            try (FakePrometheus fake = FakePrometheus.answering(500, query -> String.format(echo, type))) {
                PrometheusMetrics metrics = depth(fake).basic("rollout", () -> Secret.of(CANARY));
                StringWriter all = new StringWriter();
                var asked = metrics.read(DEPTH).toCompletableFuture();
                Throwable failure = catchThrowable(() -> all.append(String.valueOf(asked.join())));
                if (failure != null) {
                    failure.printStackTrace(new PrintWriter(all));
                }
                assertThat(all.append(metrics.toString()).toString())
                        .contains("who is [redacted], [redacted]?")
                        .doesNotContain(CANARY)
                        .doesNotContain(pair());
            }
        }
    }

    @Test
    void aSecretThatCannotBeSentIsNotShownEither() throws IOException {
        try (FakePrometheus fake = FakePrometheus.answering(200, query -> vector("1"))) {
            PrometheusMetrics metrics = depth(fake).bearer(() -> Secret.of(CANARY + "\r\nx: y"));
            assertThatThrownBy(() -> metrics.read(DEPTH).toCompletableFuture().join())
                    .hasStackTraceContaining(
                            "Prometheus was not asked, because there is no credential that can be sent")
                    .extracting(failure -> {
                        StringWriter trace = new StringWriter();
                        failure.printStackTrace(new PrintWriter(trace));
                        return trace.toString();
                    })
                    .asString()
                    .doesNotContain(CANARY);
            assertThat(fake.asked()).isEmpty();
        }
    }
}
