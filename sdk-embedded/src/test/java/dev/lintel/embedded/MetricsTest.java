package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
    private final Gateway gateway = Gateway.start(s -> s.time(clock));
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void bind() {
        gateway.workload("orders.shop", "v1", Workload.function(request -> {
            calls.incrementAndGet();
            return Reply.status(status.get());
        }));
        gateway.workload("orders.shop", "v2", Workload.function(request -> Reply.ok("two")));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void apply(Ruled ruled) {
        gateway.apply(
                gateway.plan(Said.orders().split("v1", 100, "v2", 0).with(ruled).define()));
    }

    private void get(int times, int expected) {
        for (int i = 0; i < times; i++) {
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(expected);
        }
    }

    private Reading ask(String api, String version, String name, double quantile, Duration window) {
        return gateway.metrics()
                .read(new Question(api, version, name, quantile, window))
                .toCompletableFuture()
                .join();
    }

    private Reading errors(Duration window) {
        return ask("orders.shop", "v1", Question.ERROR_RATE, 0, window);
    }

    @Test
    void an_error_is_an_answer_of_500_to_599() {
        apply(Ruled.NOTHING);
        get(6, 200);
        status.set(404);
        get(2, 404);
        status.set(500);
        get(1, 500);
        status.set(503);
        get(1, 503);

        assertThat(errors(Duration.ofMinutes(1))).isEqualTo(new Reading.Value(0.2, 10));
    }

    @Test
    void no_answer_is_an_error_too() {
        try (FakeService broken = FakeService.start((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
            out.flush();
            asked.socket().close();
        })) {
            gateway.workload("orders.shop", "v1", broken.uri());
            apply(Ruled.NOTHING);
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("abc");

            assertThat(errors(Duration.ofMinutes(1))).isEqualTo(new Reading.Value(1, 1));
        }
    }

    @Test
    void a_call_counts_once_as_its_caller_saw_it() {
        gateway.workload(
                "orders.shop",
                "v1",
                Workload.function(request -> calls.incrementAndGet() % 2 == 0 ? Reply.ok("well") : Reply.status(503)));
        apply(Ruled.NOTHING.retried(1));
        get(5, 200);

        assertThat(calls).hasValue(10);
        assertThat(errors(Duration.ofMinutes(1))).isEqualTo(new Reading.Value(0, 5));
    }

    @Test
    void what_was_refused_for_the_version_is_an_error_without_a_time() {
        status.set(500);
        apply(Ruled.out(1));
        get(1, 500);
        get(3, 503);

        assertThat(errors(Duration.ofMinutes(1))).isEqualTo(new Reading.Value(1, 4));
        assertThat(ask("orders.shop", "v1", Question.LATENCY, 0.99, Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        Reading.Value.class,
                        value -> assertThat(value.samples()).isEqualTo(1));
    }

    @Test
    void what_the_caller_broke_off_does_not_count() {
        Semaphore go = new Semaphore(0);
        try (FakeService slow = FakeService.start((asked, out) -> {
            go.acquire();
            out.write(FakeService.ok("late"));
        })) {
            gateway.workload("orders.shop", "v1", slow.uri());
            apply(Ruled.out(5));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                Until.holds(() -> slow.asked().size() == 1);
            }
            Until.holds(() -> gateway.hosts("orders.shop").get(0).active() == 0);

            assertThat(errors(Duration.ofMinutes(1)))
                    .isEqualTo(new Reading.Nothing("version 'v1' of orders.shop had no calls in the last PT1M"));
        }
    }

    @Test
    void the_time_of_a_call_is_until_the_end_of_its_answer() {
        apply(Ruled.NOTHING);
        get(20, 200);

        assertThat(ask("orders.shop", "v1", Question.LATENCY, 0.5, Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(Reading.Value.class, value -> {
                    assertThat(value.samples()).isEqualTo(20);
                    assertThat(value.value()).isBetween(0.000_001, 10.0);
                });
    }

    @Test
    void windows_go_by_the_gateways_time() {
        apply(Ruled.NOTHING);
        get(3, 200);
        clock.forward(Duration.ofSeconds(30));
        status.set(500);
        get(1, 500);

        assertThat(errors(Duration.ofSeconds(10))).isEqualTo(new Reading.Value(1, 1));
        assertThat(errors(Duration.ofSeconds(40))).isEqualTo(new Reading.Value(0.25, 4));
        clock.forward(Duration.ofMinutes(10));
        assertThat(errors(Duration.ofHours(1))).isEqualTo(new Reading.Value(0.25, 4));
    }

    @Test
    void what_was_measured_outlives_a_change_of_model_and_of_workloads() {
        apply(Ruled.NOTHING);
        get(2, 200);
        apply(Ruled.out(3));
        gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.status(500)));
        get(2, 500);

        assertThat(errors(Duration.ofMinutes(1))).isEqualTo(new Reading.Value(0.5, 4));
    }

    @Test
    void it_does_not_outlive_its_api_or_a_checkpoint() {
        apply(Ruled.NOTHING);
        Checkpoint before = gateway.checkpoint();
        get(2, 200);
        before.restore();
        assertThat(errors(Duration.ofMinutes(1)))
                .isEqualTo(new Reading.Nothing("version 'v1' of orders.shop had no calls in the last PT1M"));

        gateway.apply(gateway.plan());
        assertThat(errors(Duration.ofMinutes(1)))
                .isEqualTo(new Reading.Nothing(
                        "version 'v1' of orders.shop gets no calls here: it is not exposed, or not bound"));
    }

    @Test
    void what_cannot_be_answered_says_why() {
        apply(Ruled.NOTHING);
        Duration minute = Duration.ofMinutes(1);

        assertThat(ask("orders.shop", "v1", "saturation", 0, minute))
                .isEqualTo(new Reading.Nothing(
                        "a gateway measures error_rate and latency, but was asked for 'saturation'"));
        assertThat(ask("orders.shop", "v1", Question.LATENCY, 0, minute))
                .isEqualTo(
                        new Reading.Nothing("a latency is asked for at a quantile of more than 0, for example 0.99"));
        assertThat(ask("orders.shop", "v1", Question.ERROR_RATE, 0, Duration.ofMinutes(61)))
                .isEqualTo(new Reading.Nothing("a gateway remembers PT1H, but was asked for PT1H1M"));
        assertThat(ask("orders.shop", "v9", Question.ERROR_RATE, 0, minute))
                .isEqualTo(new Reading.Nothing(
                        "version 'v9' of orders.shop gets no calls here: it is not exposed, or not bound"));
        assertThat(ask("orders.shop", "v2", Question.ERROR_RATE, 0, minute))
                .isEqualTo(new Reading.Nothing("version 'v2' of orders.shop had no calls in the last PT1M"));
    }
}
