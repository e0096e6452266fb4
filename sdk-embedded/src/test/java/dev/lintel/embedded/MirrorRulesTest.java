package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.core.model.MirrorRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies go by the rules of the version that gets them. */
class MirrorRulesTest {
    private static final byte[] NO = FakeService.bytes("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");

    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
    private final Gateway gateway = Gateway.start(s -> s.time(clock));
    private final List<FakeService> services = new ArrayList<>();

    @AfterEach
    void close() {
        gateway.close();
        services.forEach(FakeService::close);
    }

    private FakeService service(FakeService.Script script) {
        FakeService service = FakeService.start(script);
        services.add(service);
        return service;
    }

    private FakeService saying(String text) {
        return service((asked, out) -> out.write(FakeService.ok(text)));
    }

    /** What is below {@code /v3} is for v3 itself; all else is for v1, and v3 gets copies. */
    private void apply(Ruled ruled) {
        gateway.workload("orders.shop", "v1", saying("v1").uri());
        gateway.apply(gateway.plan(Said.orders()
                .route("/**", "v1")
                .route("/v3/**", "v3")
                .shaped(draft -> draft.mirror(new MirrorRule("v3", 100, Origin.unknown())))
                .with(ruled)
                .define()));
    }

    private void mirrored(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("v1");
        }
    }

    /** Calls to v3 itself are copied as well; those copies are not meant. */
    private static List<FakeService.Asked> copies(FakeService service) {
        return service.asked().stream()
                .filter(asked -> asked.first().equals("GET / HTTP/1.1"))
                .toList();
    }

    @Test
    void who_is_out_gets_no_copies() {
        FakeService bad = service((asked, out) -> out.write(NO));
        FakeService good = saying("v3");
        gateway.workload("orders.shop", "v3", bad.uri(), good.uri());
        apply(Ruled.out(1));
        Until.holds(() -> {
            assertThat(Raw.get(gateway, "/turn").body()).isEqualTo("v1");
            return gateway.hosts("orders.shop").stream().anyMatch(GatewayHost::ejected);
        });

        mirrored(20);

        Until.holds(() -> copies(good).size() == 20);
        assertThat(copies(good))
                .allSatisfy(copy -> assertThat(copy.header("host")).endsWith("-shadow"));
        assertThat(copies(bad)).isEmpty();
        assertThat(gateway.stats().mirrorsDropped()).isZero();
    }

    @Test
    void with_nobody_left_copies_are_dropped_and_counted() {
        FakeService bad = service((asked, out) -> out.write(NO));
        gateway.workload("orders.shop", "v3", bad.uri());
        apply(Ruled.out(1));
        Until.holds(() -> Raw.get(gateway, "/v3/x").body().contains("no healthy workload"));
        GatewayStats before = gateway.stats();

        mirrored(20);

        assertThat(copies(bad)).isEmpty();
        assertThat(gateway.stats().mirrored()).isEqualTo(before.mirrored());
        assertThat(gateway.stats().mirrorsDropped()).isEqualTo(before.mirrorsDropped() + 20);
    }

    @Test
    void who_is_unwell_gets_no_copies() {
        AtomicBoolean well = new AtomicBoolean(false);
        FakeService sick = service((asked, out) ->
                out.write(asked.first().contains("/healthz") && !well.get() ? NO : FakeService.ok("v3")));
        gateway.workload("orders.shop", "v3", sick.uri());
        apply(Ruled.asked(1, 1));
        Until.holds(() -> gateway.hosts("orders.shop").stream().anyMatch(host -> !host.healthy()));

        mirrored(5);

        assertThat(copies(sick)).isEmpty();
        assertThat(gateway.stats().mirrorsDropped()).isEqualTo(5);
    }

    @Test
    void a_copy_takes_a_place_of_its_version_and_gives_it_back() {
        CountDownLatch go = new CountDownLatch(1);
        FakeService slow = service((asked, out) -> {
            go.await(20, TimeUnit.SECONDS);
            out.write(FakeService.ok("v3"));
        });
        gateway.workload("orders.shop", "v3", slow.uri());
        apply(Ruled.limited(null, null, 2));
        mirrored(5);
        Until.holds(() -> copies(slow).size() == 2);

        assertThat(gateway.stats().mirrorsDropped()).isEqualTo(3);
        assertThat(gateway.stats().overflows()).isEqualTo(3);
        assertThat(Raw.get(gateway, "/v3/x").header("x-envoy-overloaded")).isEqualTo("true");

        go.countDown();
        Until.holds(() -> gateway.hosts("orders.shop").stream().allMatch(host -> host.active() == 0));
        mirrored(1);
        Until.holds(() -> copies(slow).size() == 3);
    }

    /** Copies that are answered are not measured; if those that are refused were, they alone would make its error rate. */
    @Test
    void what_becomes_of_a_copy_is_not_measured() {
        CountDownLatch go = new CountDownLatch(1);
        gateway.workload("orders.shop", "v3", Workload.function(request -> {
            go.await(20, TimeUnit.SECONDS);
            return Reply.ok("v3");
        }));
        apply(Ruled.limited(null, null, 1));
        mirrored(5);
        assertThat(gateway.stats().mirrorsDropped()).isEqualTo(4);
        go.countDown();
        Until.holds(() -> gateway.hosts("orders.shop").stream().allMatch(host -> host.active() == 0));

        assertThat(calls("v1")).isEqualTo(5);
        assertThat(calls("v3")).isZero();
    }

    private long calls(String version) {
        Question question = new Question("orders.shop", version, Question.ERROR_RATE, 0, Duration.ofMinutes(1));
        return gateway.metrics().read(question).toCompletableFuture().join() instanceof Reading.Value value
                ? value.samples()
                : 0;
    }

    @Test
    void a_function_that_is_a_mirror_takes_a_place_too_and_gives_it_back() {
        CountDownLatch go = new CountDownLatch(1);
        gateway.workload("orders.shop", "v3", Workload.function(request -> {
            go.await(20, TimeUnit.SECONDS);
            throw new IllegalStateException("a mirror may fail");
        }));
        apply(Ruled.limited(null, null, 1));

        mirrored(5);

        assertThat(gateway.stats().mirrored()).isEqualTo(1);
        assertThat(gateway.stats().mirrorsDropped()).isEqualTo(4);
        go.countDown();
        Until.holds(() -> gateway.hosts("orders.shop").stream().allMatch(host -> host.active() == 0));
        mirrored(1);
        Until.holds(() -> gateway.stats().mirrored() == 2);
    }
}
