package dev.lintel.graphql.upstream;

import static dev.lintel.graphql.upstream.Scripted.answer;
import static dev.lintel.graphql.upstream.Scripted.failure;
import static dev.lintel.graphql.upstream.UpstreamCode.UPSTREAM_INVALID;
import static dev.lintel.graphql.upstream.UpstreamCode.UPSTREAM_TIMEOUT;
import static dev.lintel.graphql.upstream.UpstreamCode.UPSTREAM_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls are made again where HTTP allows it, and only there. Time is counted, not waited. */
class ResilientTest {
    private static final UpstreamAnswer FINE = answer(200);
    private final List<Duration> waits = new ArrayList<>();
    private long nanos;

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void whatPassesIsAskedAgain(int status) throws IOException {
        Scripted service = new Scripted(answer(status), answer(status), FINE);

        assertThat(resilient(service, Retries.DEFAULT).call(request("GET", null)))
                .isEqualTo(FINE);
        assertThat(waits).containsExactly(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(service.requests)
                .extracting(UpstreamRequest::timeout)
                .containsExactly(Duration.ofSeconds(5), Duration.ofMillis(4975), Duration.ofMillis(4925));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 404, 409, 500, 501})
    void whatStaysIsNot(int status) throws IOException {
        assertThat(resilient(new Scripted(answer(status)), Retries.DEFAULT)
                        .call(request("GET", null))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theLastAnswerIsGivenWhenItIsEnough() throws IOException {
        Scripted service = new Scripted(answer(503), answer(503), answer(503));

        assertThat(resilient(service, Retries.DEFAULT)
                        .call(request("PUT", null))
                        .status())
                .isEqualTo(503);
        assertThat(service.requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
    void idempotentMethodsAreRepeated(String method) throws IOException {
        assertThat(resilient(new Scripted(failure(UPSTREAM_TIMEOUT, true), FINE), Retries.DEFAULT)
                        .call(request(method, null)))
                .isEqualTo(FINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get", "PURGE"})
    void othersAreOnlyRepeatedIfNothingWasSent(String method) throws IOException {
        assertThat(resilient(new Scripted(answer(503)), Retries.DEFAULT)
                        .call(request(method, null))
                        .status())
                .isEqualTo(503);
        assertThatThrownBy(() -> resilient(new Scripted(failure(UPSTREAM_UNAVAILABLE, true)), Retries.DEFAULT)
                        .call(request(method, null)))
                .hasMessage("the service is not available");
        assertThat(resilient(new Scripted(failure(UPSTREAM_UNAVAILABLE, false), FINE), Retries.DEFAULT)
                        .call(request(method, null)))
                .isEqualTo(FINE);
    }

    @Test
    void whatIsReadWhileItIsSentIsNotSentTwice() throws IOException {
        Content file = new Content.Stream("text/plain", 0, InputStream::nullInputStream);
        Content bytes = new Content.Bytes("text/plain", new byte[1]);

        assertThat(resilient(new Scripted(answer(503)), Retries.DEFAULT)
                        .call(request("PUT", file))
                        .status())
                .isEqualTo(503);
        assertThat(resilient(new Scripted(answer(503), FINE), Retries.DEFAULT).call(request("PUT", bytes)))
                .isEqualTo(FINE);
    }

    @Test
    void nonsenseIsNotAskedForAgain() {
        assertThatThrownBy(() -> resilient(new Scripted(failure(UPSTREAM_INVALID, true)), Retries.DEFAULT)
                        .call(request("GET", null)))
                .isInstanceOf(UpstreamException.class);
    }

    @Test
    void theServiceSaysWhen() throws IOException {
        Scripted soon = new Scripted(answer(503, "Retry-After: 2"), FINE);
        Scripted late = new Scripted(answer(503, "Retry-After: 3"));

        assertThat(resilient(soon, Retries.DEFAULT).call(request("GET", null))).isEqualTo(FINE);
        assertThat(waits).containsExactly(Duration.ofSeconds(2));
        assertThat(resilient(late, Retries.DEFAULT).call(request("GET", null)).status())
                .isEqualTo(503);
    }

    @Test
    void theTimeoutHoldsForAllAttempts() throws IOException {
        Retries patient = new Retries(5, Duration.ofSeconds(1), Duration.ofSeconds(60), 1);
        Scripted later = new Scripted(answer(503, "Retry-After: 5"));
        Upstream slow = request -> {
            nanos += Duration.ofSeconds(6).toNanos();
            throw failure(UPSTREAM_UNAVAILABLE, false);
        };

        assertThat(resilient(later, patient).call(request("GET", null)).status())
                .isEqualTo(503);
        assertThatThrownBy(() -> resilient(slow, patient).call(request("GET", null)))
                .hasMessage("the service is not available");
        assertThat(waits).isEmpty();
    }

    @Test
    void aServiceThatIsDownIsNotCalledThreeTimesByEverybody() {
        int[] calls = new int[1];
        Upstream down = request -> {
            calls[0]++;
            throw failure(UPSTREAM_UNAVAILABLE, false);
        };
        Upstream resilient = resilient(down, Retries.DEFAULT);
        for (int i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> resilient.call(request("GET", null))).isInstanceOf(UpstreamException.class);
        }
        assertThat(calls[0]).isBetween(1195, 1215);
    }

    private Resilient resilient(Upstream upstream, Retries retries) {
        return new Resilient(upstream, retries, () -> nanos, () -> 0.5, time -> {
            waits.add(time);
            nanos += time.toNanos();
        });
    }

    private static UpstreamRequest request(String method, @Nullable Content body) {
        return new UpstreamRequest(method, "/", List.of(), body, Duration.ofSeconds(5));
    }
}
