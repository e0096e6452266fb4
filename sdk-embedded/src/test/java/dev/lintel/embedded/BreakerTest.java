package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.model.BreakerRule.Outliers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workloads that fail are put out, with real HTTP and a clock that only the test moves. */
class BreakerTest {
    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
    private final Gateway gateway = Gateway.start(s -> s.time(clock));
    private final List<FakeService> services = new ArrayList<>();

    @AfterEach
    void close() {
        gateway.close();
        services.forEach(FakeService::close);
    }

    private FakeService saying(String text) {
        FakeService service = FakeService.saying(text);
        services.add(service);
        return service;
    }

    /** Answers what the number says at the time. */
    private FakeService answering(AtomicInteger status) {
        FakeService service = FakeService.start((asked, out) -> out.write(
                status.get() == 200
                        ? FakeService.ok("well")
                        : FakeService.bytes("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno")));
        services.add(service);
        return service;
    }

    private void apply(Ruled ruled) {
        gateway.apply(gateway.plan(Said.orders().with(ruled).define()));
    }

    private List<Boolean> ejected() {
        return gateway.hosts("orders.shop").stream().map(GatewayHost::ejected).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void a_host_that_fails_is_out_after_exactly_the_said_number(int number) {
        FakeService bad = answering(new AtomicInteger(500));
        gateway.workload(
                "orders.shop", saying("one").uri(), bad.uri(), saying("two").uri());
        apply(Ruled.out(number));
        int failed = 0;
        for (int i = 0; i < 60; i++) {
            failed += Raw.get(gateway, "/").status() == 500 ? 1 : 0;
        }

        assertThat(failed).isEqualTo(number);
        assertThat(bad.asked()).hasSize(number);
        assertThat(ejected()).containsExactly(false, true, false);
        assertThat(gateway.stats().ejections()).isEqualTo(1);
        assertThat(gateway.stats().ejected()).isEqualTo(1);
        assertThat(gateway.hosts("orders.shop").get(1))
                .isEqualTo(new GatewayHost("", bad.uri().toString(), true, true, 0));
    }

    /** The share that a breaker without numbers allows: of three hosts one may be out. */
    @Test
    void with_retries_hardly_a_failed_answer_reaches_a_caller() {
        FakeService bad = answering(new AtomicInteger(503));
        gateway.workload(
                "orders.shop", saying("one").uri(), bad.uri(), saying("two").uri());
        Outliers said = Ruled.out(5).outliers();
        apply(Ruled.out(5)
                .outliers(new Outliers(
                        5, 0, false, 0, said.interval(), said.baseEjection(), said.baseEjection(), said.jitter(), null))
                .retried(2));
        int failed = 0;
        try (Raw raw = Raw.to(gateway)) {
            for (int i = 0; i < 10_000; i++) {
                failed += raw.send(Raw.request("GET", "/")).answer().status() == 200 ? 0 : 1;
                if (i % 100 == 99) {
                    clock.forward(Duration.ofSeconds(10));
                }
            }
        }

        assertThat(failed).isLessThan(10);
        // 100 sweeps; an ejection lasts three of them.
        assertThat(gateway.stats().ejections()).isBetween(25L, 34L);
        assertThat(bad.asked()).hasSize((int) gateway.stats().ejections() * 5);
        assertThat(gateway.stats().retries()).isEqualTo(bad.asked().size());
    }

    @Test
    void a_host_comes_back_with_a_sweep_and_not_before() {
        AtomicInteger status = new AtomicInteger(500);
        FakeService service = answering(status);
        gateway.workload("orders.shop", service.uri());
        apply(Ruled.out(2));
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
        status.set(200);

        for (int sweep = 1; sweep <= 2; sweep++) {
            clock.forward(Duration.ofSeconds(10));
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
        clock.forward(Duration.ofMillis(9_999));
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        clock.forward(Duration.ofMillis(1));
        assertThat(Raw.get(gateway, "/").body()).isEqualTo("well");
        assertThat(service.asked()).hasSize(3);
        assertThat(gateway.stats().ejected()).isZero();
    }

    @Test
    void with_all_hosts_out_the_answer_is_503_and_nobody_is_asked() {
        FakeService one = answering(new AtomicInteger(500));
        FakeService two = answering(new AtomicInteger(502));
        gateway.workload("orders.shop", one.uri(), two.uri());
        apply(Ruled.out(1).retried(3));
        Raw.get(gateway, "/");
        Raw.get(gateway, "/");
        Raw.Answer answer = Raw.get(gateway, "/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"no healthy workload\"}\n");
        assertThat(answer.header("x-envoy-overloaded")).isEmpty();
        assertThat(one.asked()).hasSize(1);
        assertThat(two.asked()).hasSize(1);
    }

    @Test
    void an_origin_that_accepts_and_never_answers_is_put_out() {
        FakeService silent = FakeService.start(
                (asked, out) -> asked.socket().getInputStream().read());
        services.add(silent);
        gateway.workload("orders.shop", silent.uri());
        gateway.apply(gateway.plan(
                Said.orders().with(Ruled.out(3)).timeout(Duration.ofSeconds(1)).define()));
        for (int i = 0; i < 3; i++) {
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(504);
        }

        assertThat(Raw.get(gateway, "/").body()).contains("no healthy workload");
        assertThat(ejected()).containsExactly(true);
    }

    @Test
    void a_dead_host_is_put_out() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        gateway.workload("orders.shop", nobody, saying("well").uri());
        apply(Ruled.out(2));
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            failed += Raw.get(gateway, "/").status() == 503 ? 1 : 0;
        }

        assertThat(failed).isEqualTo(2);
        assertThat(ejected()).containsExactly(true, false);
    }

    @Test
    void an_answer_that_breaks_off_in_the_middle_counts() {
        FakeService service = FakeService.start((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
            out.flush();
            asked.socket().close();
        });
        services.add(service);
        gateway.workload("orders.shop", service.uri());
        apply(Ruled.out(1));
        assertThat(Raw.get(gateway, "/").body()).isEqualTo("abc");

        Until.holds(() -> ejected().equals(List.of(true)));
    }

    @Test
    void functions_are_hosts_like_any_other() {
        AtomicInteger calls = new AtomicInteger();
        Workload bad = Workload.function(request -> {
            calls.incrementAndGet();
            throw new IOException("no");
        });
        gateway.workload("orders.shop", bad.and(Workload.function(request -> Reply.ok("well"))));
        apply(Ruled.out(3));
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            failed += Raw.get(gateway, "/").status() == 500 ? 1 : 0;
        }

        assertThat(failed).isEqualTo(3);
        assertThat(calls).hasValue(3);
        assertThat(gateway.hosts("orders.shop"))
                .containsExactly(
                        new GatewayHost("", "function", true, true, 0),
                        new GatewayHost("", "function", true, false, 0));
    }

    @Test
    void versions_share_nothing_even_where_they_share_an_address() {
        FakeService shared = answering(new AtomicInteger(500));
        gateway.workload("orders.shop", "v1", shared.uri());
        gateway.workload("orders.shop", "v2", shared.uri());
        gateway.apply(gateway.plan(
                Said.orders().split("v1", 100, "v2", 0).with(Ruled.out(1)).define()));
        Raw.get(gateway, "/");

        assertThat(gateway.hosts("orders.shop"))
                .extracting(GatewayHost::version, GatewayHost::ejected)
                .containsExactly(tuple("v1", true), tuple("v2", false));
    }

    @Test
    void who_is_out_stays_out_when_the_model_changes_but_the_rule_does_not() {
        gateway.workload(
                "orders.shop",
                answering(new AtomicInteger(500)).uri(),
                saying("well").uri());
        apply(Ruled.out(1));
        Raw.get(gateway, "/");
        Raw.get(gateway, "/");
        assertThat(ejected()).containsExactly(true, false);

        gateway.apply(gateway.plan(Said.orders()
                .with(Ruled.out(1).retried(1))
                .timeout(Duration.ofSeconds(30))
                .define()));
        gateway.workload("other.shop", saying("other").uri());
        assertThat(ejected()).containsExactly(true, false);

        apply(Ruled.out(2));
        assertThat(ejected()).containsExactly(false, false);
    }

    @Test
    void a_checkpoint_brings_everybody_back() {
        gateway.workload("orders.shop", answering(new AtomicInteger(500)).uri());
        apply(Ruled.out(1));
        Checkpoint before = gateway.checkpoint();
        Raw.get(gateway, "/");
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);

        before.restore();
        assertThat(gateway.stats().ejections()).isZero();
        assertThat(ejected()).containsExactly(false);
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
    }

    @Test
    void a_plan_warns_of_a_version_whose_hosts_are_all_out() {
        gateway.workload("orders.shop", "v1", saying("well").uri());
        gateway.workload("orders.shop", "v2", answering(new AtomicInteger(500)).uri());
        Said said = Said.orders().with(Ruled.out(1));
        gateway.apply(gateway.plan(said.split("v1", 0, "v2", 100).define()));
        assertThat(gateway.plan(said.split("v1", 90, "v2", 10).define()).warnings())
                .isEmpty();
        Raw.get(gateway, "/");

        assertThat(gateway.plan(said.split("v1", 100, "v2", 0).define()).warnings())
                .isEmpty();
        assertThat(gateway.plan(said.split("v1", 90, "v2", 10).define()).warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.code()).isEqualTo("version.unready");
                    assertThat(warning.path()).isEqualTo("orders.shop");
                    assertThat(warning.message())
                            .isEqualTo(
                                    "version 'v2' has weight 10, but none of its workloads can take a call now: all are"
                                            + " ejected or not well");
                    assertThat(warning.hint())
                            .isEqualTo("its share is answered 503 until one comes back; see"
                                    + " gateway.hosts(\"orders.shop\")");
                });
    }

    @Test
    void its_share_is_not_given_to_other_versions() {
        AtomicInteger turn = new AtomicInteger();
        try (Gateway other = Gateway.start(s -> s.time(clock).draw(bound -> turn.getAndIncrement() % bound))) {
            other.workload("orders.shop", "v1", saying("well").uri());
            other.workload(
                    "orders.shop", "v2", answering(new AtomicInteger(500)).uri());
            other.apply(other.plan(
                    Said.orders().split("v1", 50, "v2", 50).with(Ruled.out(1)).define()));
            int[] answers = new int[600];
            for (int i = 0; i < 200; i++) {
                answers[Raw.get(other, "/").status()]++;
            }

            assertThat(answers[200]).isEqualTo(100);
            assertThat(answers[500]).isEqualTo(1);
            assertThat(answers[503]).isEqualTo(99);
        }
    }
}
