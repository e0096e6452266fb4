package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
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

/** Workloads are asked whether they are well, by a clock that only the test moves; nobody draws a jitter. */
class HealthChecksTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
    private final Gateway gateway = Gateway.start(s -> s.time(clock).draw(bound -> 0));
    private final List<FakeService> services = new ArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);

    @AfterEach
    void close() {
        gateway.close();
        services.forEach(FakeService::close);
    }

    private static boolean isCheck(FakeService.Asked asked) {
        return asked.first().equals("GET /healthz HTTP/1.1");
    }

    private static int checks(FakeService service) {
        return (int) service.asked().stream().filter(HealthChecksTest::isCheck).count();
    }

    /** Is as well as the status says. */
    private FakeService asked() {
        FakeService service = FakeService.start((asked, out) -> out.write(
                isCheck(asked)
                        ? FakeService.bytes("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")
                        : FakeService.ok("asked")));
        services.add(service);
        return service;
    }

    private FakeService well() {
        FakeService service = FakeService.saying("well");
        services.add(service);
        return service;
    }

    private void apply(Ruled ruled, URI first, URI... more) {
        gateway.workload("orders.shop", first, more);
        gateway.apply(gateway.plan(Said.orders().with(ruled).define()));
    }

    private void apply() {
        gateway.apply(gateway.plan(Said.orders().with(Ruled.asked(3, 2)).define()));
    }

    private List<Boolean> healthy() {
        return gateway.hosts("orders.shop").stream().map(GatewayHost::healthy).toList();
    }

    /** Lets an interval pass and one answer come. */
    private void round() {
        long before = gateway.stats().checks();
        clock.forward(INTERVAL);
        heard(before + 1);
    }

    private void heard(long answers) {
        Until.holds(() -> gateway.stats().checks() == answers);
    }

    @Test
    void the_first_answer_decides_at_once() {
        status.set(503);
        FakeService bad = asked();
        apply(Ruled.asked(3, 2), bad.uri(), well().uri());
        Until.holds(() -> healthy().equals(List.of(false, true)));

        for (int i = 0; i < 10; i++) {
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("well");
        }
        assertThat(bad.asked()).allMatch(HealthChecksTest::isCheck);
        assertThat(bad.asked().get(0).header("host"))
                .isEqualTo("127.0.0.1:" + bad.uri().getPort());
    }

    @Test
    void later_answers_decide_if_they_repeat() {
        FakeService service = asked();
        apply(Ruled.asked(3, 2), service.uri());
        heard(1);
        status.set(500);
        round();
        round();
        assertThat(healthy()).containsExactly(true);
        round();
        assertThat(healthy()).containsExactly(false);

        status.set(200);
        round();
        assertThat(healthy()).containsExactly(false);
        round();
        assertThat(healthy()).containsExactly(true);
    }

    @Test
    void with_nobody_well_the_answer_is_503_and_a_plan_warns() {
        status.set(500);
        gateway.workload("orders.shop", "v1", asked().uri());
        gateway.workload("orders.shop", "v2", well().uri());
        Said said = Said.orders().with(Ruled.asked(1, 1));
        gateway.apply(gateway.plan(said.split("v1", 0, "v2", 100).define()));
        Until.holds(() -> healthy().equals(List.of(false, true)));

        assertThat(gateway.plan(said.split("v1", 10, "v2", 90).define()).warnings())
                .extracting(warning -> warning.code() + " " + warning.message())
                .containsExactly("version.unready version 'v1' has weight 10, but none of its workloads can take a call"
                        + " now: all are ejected or not well");
        gateway.apply(gateway.plan(said.split("v1", 100, "v2", 0).define()));
        assertThat(Raw.get(gateway, "/").body()).contains("no healthy workload");
    }

    @Test
    void a_workload_that_is_not_there_is_not_well() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        apply(Ruled.asked(1, 1), nobody, well().uri());

        Until.holds(() -> healthy().equals(List.of(false, true)));
    }

    @Test
    void a_workload_that_never_answers_is_not_well() {
        FakeService silent = FakeService.start(
                (asked, out) -> asked.socket().getInputStream().read());
        services.add(silent);
        apply(Ruled.asked(1, 1), silent.uri());
        Until.holds(() -> checks(silent) == 1);
        assertThat(healthy()).containsExactly(true);

        clock.forward(Duration.ofSeconds(1));
        Until.holds(() -> healthy().equals(List.of(false)));
    }

    @Test
    void asking_ends_with_the_rule() {
        FakeService service = asked();
        FakeService other = asked();
        gateway.workload("other.shop", other.uri());
        Said asked = Said.named("other").with(Ruled.asked(3, 2));
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders().with(Ruled.asked(3, 2)).define(), asked.define()));
        heard(2);
        gateway.apply(gateway.plan(Said.orders().define(), asked.define()));
        round();

        assertThat(checks(other)).isEqualTo(2);
        assertThat(checks(service)).isEqualTo(1);
    }

    @Test
    void asking_ends_with_the_binding() {
        FakeService service = asked();
        FakeService next = asked();
        apply(Ruled.asked(3, 2), service.uri());
        heard(1);
        gateway.workload("orders.shop", next.uri());
        heard(2);
        round();

        assertThat(checks(next)).isEqualTo(2);
        assertThat(checks(service)).isEqualTo(1);
    }

    @Test
    void asking_ends_with_the_gateway() {
        FakeService service = asked();
        apply(Ruled.asked(3, 2), service.uri());
        heard(1);
        gateway.close();
        clock.forward(INTERVAL);

        assertThat(checks(service)).isEqualTo(1);
    }

    @Test
    void a_checkpoint_asks_afresh() {
        status.set(500);
        apply(Ruled.asked(3, 2), asked().uri());
        heard(1);
        Checkpoint before = gateway.checkpoint();
        status.set(200);
        before.restore();
        heard(1);

        assertThat(healthy()).containsExactly(true);
    }

    @Test
    void an_answer_of_a_call_says_nothing_about_health() {
        FakeService service = FakeService.start((asked, out) -> out.write(
                isCheck(asked)
                        ? FakeService.ok("")
                        : FakeService.bytes("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno")));
        services.add(service);
        apply(Ruled.asked(1, 1), service.uri());
        heard(1);
        for (int i = 0; i < 5; i++) {
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
        }

        assertThat(healthy()).containsExactly(true);
    }

    @Test
    void functions_are_always_well() {
        gateway.workload("orders.shop", Workload.function(request -> Reply.status(500)));
        apply();
        clock.forward(INTERVAL);

        assertThat(healthy()).containsExactly(true);
    }
}
