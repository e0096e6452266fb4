package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.model.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that are held up on purpose. */
class DelayTest {
    private static Said delayed(Said said, Duration length) {
        return said.shaped(
                draft -> draft.fault(new FaultRule(new FaultRule.Delay(length, 100), null, Origin.unknown())));
    }

    @Test
    void aRequestIsHeldUpForAsLongAsIsSaid() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.ok("got " + asked.body())));
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(delayed(Said.orders(), Duration.ofMillis(40)).define()));

            long begin = System.nanoTime();
            Raw.Answer answer = Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc");

            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
            assertThat(answer.body()).isEqualTo("got abc");
        }
    }

    @Test
    void itIsTheTimeOfTestsWhereThatIsSaid() {
        VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z"));
        AtomicInteger minutes = new AtomicInteger();
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.time(clock));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(delayed(Said.orders(), Duration.ofHours(10)).define()));
            raw.send(Raw.request("POST", "/", "Content-Length: 3") + "abc");

            Until.holds(() -> {
                clock.forward(Duration.ofMinutes(1));
                minutes.incrementAndGet();
                return !service.asked().isEmpty();
            });

            assertThat(minutes).hasValueGreaterThanOrEqualTo(600);
            assertThat(raw.answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void anAnswerInPlaceOfTheServiceIsHeldUpToo() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            gateway.apply(gateway.plan(Said.orders()
                    .shaped(draft -> draft.fault(new FaultRule(
                            new FaultRule.Delay(Duration.ofMillis(40), 100),
                            new FaultRule.Abort(503, 100),
                            Origin.unknown())))
                    .define()));

            long begin = System.nanoTime();
            int status = Raw.get(gateway, "/").status();

            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
            assertThat(status).isEqualTo(503);
        }
    }

    @Test
    void theTimeoutOfACallBeginsBehindTheDelay() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(delayed(Said.orders().timeout(Duration.ofSeconds(15)), Duration.ofMillis(40))
                    .define()));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");

            gateway.apply(gateway.plan(delayed(Said.orders().timeout(Duration.ofSeconds(1)), Duration.ofMillis(1_200))
                    .define()));
            Until.holds(() -> Raw.get(gateway, "/").body().equals("ok"));
        }
    }

    @Test
    void noThreadWaitsForWhatIsHeldUp() {
        List<Raw> held = new ArrayList<>();
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.threads(1).stopTimeout(Duration.ofMillis(1)))) {
            gateway.workload("orders.shop", service.uri());
            gateway.workload("other.shop", service.uri());
            gateway.apply(gateway.plan(
                    delayed(Said.orders(), Duration.ofHours(1)).define(),
                    Said.named("other").define()));
            for (int i = 0; i < 50; i++) {
                held.add(Raw.to(gateway).send(Raw.request("GET", "/")));
            }

            assertThat(Raw.ask(gateway, "GET / HTTP/1.1\r\nHost: other.shop.localhost\r\n\r\n")
                            .body())
                    .isEqualTo("ok");
            assertThat(service.asked()).hasSize(1);
        }
        held.forEach(Raw::close);
    }

    @Test
    void aClientThatGoesIsNotWaitedFor() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(delayed(Said.orders(), Duration.ofHours(1)).define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                Until.holds(() -> gateway.stats().connections() == 1);
            }

            Until.holds(
                    () -> gateway.stats().connections() == 0 && gateway.stats().aborted() == 1);
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void whatIsHeldUpGoesOnAtOnceWhenTheGatewayStops() throws Exception {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.journal(1));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(delayed(Said.orders(), Duration.ofHours(1)).define()));
            raw.send(Raw.request("GET", "/", "Expect: 100-continue", "Content-Length: 2"));
            Until.holds(() -> gateway.stats().connections() == 1);

            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
            assertThat(raw.answer().status()).isEqualTo(100);
            raw.send("ab");

            assertThat(raw.answer().body()).isEqualTo("ok");
            closed.get(20, TimeUnit.SECONDS);
        }
    }
}
