package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.RetryOn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a version takes at once, with real HTTP: one event loop, so that numbers are exact. */
class OverloadTest {
    private final Gateway gateway = Gateway.start(s -> s.threads(1));
    private final Semaphore go = new Semaphore(0);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        go.release(1_000);
        gateway.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    /** Answers when it may. */
    private FakeService slow() {
        return slow("Connection: keep-alive\r\n");
    }

    private FakeService slow(String fields) {
        FakeService service = FakeService.start((asked, out) -> {
            go.acquire();
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 4\r\n\r\nwell"));
        });
        open.add(service);
        return service;
    }

    private Raw asking() {
        Raw raw = Raw.to(gateway);
        open.add(raw);
        return raw.send(Raw.request("GET", "/"));
    }

    private void apply(Ruled ruled, URI first, URI... more) {
        gateway.workload("orders.shop", first, more);
        gateway.apply(gateway.plan(Said.orders().with(ruled).define()));
    }

    private int active() {
        return gateway.hosts("orders.shop").stream()
                .mapToInt(GatewayHost::active)
                .sum();
    }

    private static void assertOverloaded(Raw.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("x-envoy-overloaded")).isEqualTo("true");
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"the service takes no more calls at once\"}\n");
    }

    @Test
    void one_call_too_many_is_503_and_overloaded() {
        FakeService service = slow();
        apply(Ruled.limited(null, null, 2), service.uri());
        Raw one = asking();
        Raw two = asking();
        Until.holds(() -> service.asked().size() == 2);
        assertThat(active()).isEqualTo(2);

        assertOverloaded(Raw.get(gateway, "/"));
        assertThat(gateway.stats().overflows()).isEqualTo(1);
        go.release(3);
        assertThat(one.answer().body()).isEqualTo("well");
        assertThat(two.answer().body()).isEqualTo("well");
        assertThat(Raw.get(gateway, "/").body()).isEqualTo("well");
        assertThat(active()).isZero();
    }

    @Test
    void it_is_never_tried_again() {
        FakeService service = slow();
        apply(Ruled.limited(null, null, 1).retried(3, RetryOn.SERVER_ERROR), service.uri(), slow().uri());
        asking();
        Until.holds(() -> service.asked().size() == 1);

        assertOverloaded(Raw.get(gateway, "/"));
        assertThat(gateway.stats().retries()).isZero();
        assertThat(gateway.stats().overflows()).isEqualTo(1);
    }

    @Test
    void an_overloaded_answer_of_the_service_is_passed_on_and_not_tried_again() {
        FakeService service = FakeService.start((asked, out) -> out.write(
                FakeService.bytes("HTTP/1.1 503 No\r\nx-envoy-overloaded: true\r\nContent-Length: 2\r\n\r\nno")));
        open.add(service);
        apply(Ruled.NOTHING.retried(3, RetryOn.SERVER_ERROR), service.uri());
        Raw.Answer answer = Raw.get(gateway, "/");

        assertThat(answer.body()).isEqualTo("no");
        assertThat(answer.header("x-envoy-overloaded")).isEqualTo("true");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void a_call_gives_its_place_back_whatever_becomes_of_it() {
        AtomicInteger what = new AtomicInteger();
        FakeService service = FakeService.start((asked, out) -> {
            switch (what.getAndIncrement()) {
                case 0 -> asked.socket().close();
                case 1 -> out.write(FakeService.bytes("nonsense\r\n\r\n"));
                case 2 -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
                    out.flush();
                    asked.socket().close();
                }
                case 3 -> asked.socket().getInputStream().read();
                default -> out.write(FakeService.ok("well"));
            }
        });
        open.add(service);
        apply(Ruled.limited(1, 1, 1).retried(0), service.uri());
        assertThat(Raw.ask(gateway, Raw.request("POST", "/")).status()).isEqualTo(502);
        assertThat(Raw.ask(gateway, Raw.request("POST", "/")).status()).isEqualTo(502);
        assertThat(Raw.ask(gateway, Raw.request("POST", "/")).body()).isEqualTo("abc");
        Raw gone = asking();
        Until.holds(() -> service.asked().size() == 4);
        gone.close();
        Until.holds(() -> active() == 0);

        for (int i = 0; i < 5; i++) {
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("well");
        }
        assertThat(gateway.stats().overflows()).isZero();
    }

    @Test
    void a_function_that_throws_gives_its_place_back() {
        gateway.workload("orders.shop", Workload.function(request -> {
            if (request.path().equals("/bad")) {
                throw new IOException("no");
            }
            go.acquire();
            return Reply.ok("well");
        }));
        gateway.apply(
                gateway.plan(Said.orders().with(Ruled.limited(null, null, 1)).define()));
        for (int i = 0; i < 3; i++) {
            assertThat(Raw.get(gateway, "/bad").status()).isEqualTo(500);
        }
        Raw one = asking();
        Until.holds(() -> active() == 1);

        assertOverloaded(Raw.get(gateway, "/"));
        go.release();
        assertThat(one.answer().body()).isEqualTo("well");
    }

    @Test
    void who_finds_no_connection_waits_for_one() {
        FakeService service = slow();
        apply(Ruled.limited(1, null, null), service.uri());
        List<Raw> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(asking());
        }
        Until.holds(() -> active() == 5);
        assertThat(service.asked().size()).isLessThan(2);
        go.release(5);

        for (Raw one : all) {
            assertThat(one.answer().body()).isEqualTo("well");
        }
        assertThat(service.connections()).isEqualTo(1);
        assertThat(gateway.stats().overflows()).isZero();
    }

    @Test
    void one_waiting_call_too_many_is_503_and_overloaded() {
        FakeService service = slow();
        apply(Ruled.limited(1, 1, null), service.uri());
        Raw one = asking();
        Until.holds(() -> service.asked().size() == 1);
        Raw two = asking();
        Until.holds(() -> active() == 2);

        assertOverloaded(Raw.get(gateway, "/"));
        assertThat(gateway.stats().overflows()).isEqualTo(1);
        go.release(2);
        assertThat(one.answer().body()).isEqualTo("well");
        assertThat(two.answer().body()).isEqualTo("well");
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void who_goes_away_waits_no_more() {
        FakeService service = slow();
        apply(Ruled.limited(1, 1, null), service.uri());
        Raw one = asking();
        Until.holds(() -> service.asked().size() == 1);
        Raw gone = asking();
        Until.holds(() -> active() == 2);
        gone.close();
        Until.holds(() -> active() == 1);
        Raw two = asking();
        Until.holds(() -> active() == 2);
        go.release(2);

        assertThat(one.answer().body()).isEqualTo("well");
        assertThat(two.answer().body()).isEqualTo("well");
        assertThat(gateway.stats().overflows()).isZero();
        assertThat(service.asked()).hasSize(2);
    }

    @Test
    void each_picked_host_has_a_connection_whatever_the_limit() {
        FakeService one = slow();
        FakeService two = slow();
        apply(Ruled.limited(1, null, null), one.uri(), two.uri());
        asking();
        asking();

        Until.holds(() -> one.asked().size() == 1 && two.asked().size() == 1);
        assertThat(one.connections()).isEqualTo(1);
        assertThat(two.connections()).isEqualTo(1);
    }

    @Test
    void each_event_loop_has_a_connection_to_a_host_whatever_the_limit() {
        FakeService service = slow();
        try (Gateway two = Gateway.start(s -> s.threads(2))) {
            two.workload("orders.shop", service.uri());
            two.apply(two.plan(Said.orders().with(Ruled.limited(1, null, null)).define()));
            List<Raw> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Raw raw = Raw.to(two);
                open.add(raw);
                all.add(raw.send(Raw.request("GET", "/")));
            }
            Until.holds(() -> two.hosts("orders.shop").get(0).active() == 12);
            go.release(12);

            for (Raw one : all) {
                assertThat(one.answer().body()).isEqualTo("well");
            }
            assertThat(service.connections()).isBetween(1, 2);
            assertThat(two.stats().overflows()).isZero();
        }
    }

    @Test
    void the_time_out_covers_the_wait_of_a_call_whose_body_is_not_read_yet() {
        FakeService service = slow();
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders()
                .with(Ruled.limited(1, null, null))
                .timeout(Duration.ofSeconds(1))
                .define()));
        Raw upload = Raw.to(gateway);
        open.add(upload);
        upload.send(Raw.request("PUT", "/", "Content-Length: 3") + "a");
        Until.holds(() -> service.connections() == 1);

        assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Content-Length: 3") + "abc")
                        .status())
                .isEqualTo(504);
        go.release();
        assertThat(upload.send("bc").answer().body()).isEqualTo("well");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void a_connection_that_is_closed_makes_room_for_another() {
        FakeService service = slow("Connection: close\r\n");
        apply(Ruled.limited(1, null, null), service.uri());
        Raw one = asking();
        Raw two = asking();
        Until.holds(() -> active() == 2);
        go.release(2);

        assertThat(one.answer().body()).isEqualTo("well");
        assertThat(two.answer().body()).isEqualTo("well");
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void all_who_wait_for_a_dead_host_are_told() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        apply(Ruled.limited(1, 2, null), nobody);
        for (int round = 0; round < 5; round++) {
            Raw one = asking();
            Raw two = asking();
            assertThat(one.answer().body()).contains("the service cannot be reached");
            assertThat(two.answer().body()).contains("the service cannot be reached");
        }
        assertThat(gateway.stats().overflows()).isZero();
        assertThat(active()).isZero();
    }

    @Test
    void limits_hold_for_each_version_alone() {
        FakeService service = slow();
        gateway.workload("orders.shop", "v1", service.uri());
        gateway.workload("orders.shop", "v2", FakeService.saying("two").uri());
        gateway.apply(gateway.plan(Said.orders()
                .route("/two/**", "v2")
                .split("v1", 100, "v2", 0)
                .with(Ruled.limited(1, 1, 1))
                .define()));
        asking();
        Until.holds(() -> service.asked().size() == 1);

        assertOverloaded(Raw.get(gateway, "/"));
        assertThat(Raw.get(gateway, "/two/x").body()).isEqualTo("two");
    }

    @Test
    void no_more_retries_are_under_way_than_the_budget_allows() {
        Semaphore first = new Semaphore(0);
        Semaphore again = new Semaphore(0);
        AtomicInteger calls = new AtomicInteger();
        gateway.workload("orders.shop", Workload.function(request -> {
            boolean retry = calls.incrementAndGet() > 6;
            (retry ? again : first).acquire();
            return retry ? Reply.ok("well") : Reply.status(503);
        }));
        gateway.apply(gateway.plan(Said.orders().with(Ruled.NOTHING.retried(1)).define()));
        List<Raw> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(asking());
        }
        Until.holds(() -> calls.get() == 6);
        first.release(6);
        // Of six calls under way three are tried again, which is the least; the answers of the others are passed on.
        Until.holds(() -> calls.get() == 9 && gateway.stats().serverErrors() == 3);
        again.release(3);
        int[] answers = new int[600];
        for (Raw one : all) {
            answers[one.answer().status()]++;
        }

        assertThat(answers[200]).isEqualTo(3);
        assertThat(answers[503]).isEqualTo(3);
        assertThat(gateway.stats().retries()).isEqualTo(3);
    }
}
