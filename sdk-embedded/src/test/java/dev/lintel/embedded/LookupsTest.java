package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.Papers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names and secrets are looked up beside the calls; many who want the same, and one who is slow, harm nobody. */
class LookupsTest {
    /** More than there are threads to look up. */
    private static final int CALLERS = 100;

    private static final Papers AUTHORITY = Papers.authority("CN=authority");

    private volatile boolean slow;
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private final List<Raw> callers = new ArrayList<>();
    private final FakeService far = FakeService.tls(
            AUTHORITY.vouchesForServer(Far.NAME).server(null), false, (asked, out) -> out.write(FakeService.ok("far")));
    private final FakeService near = FakeService.saying("near");
    private final Gateway gateway = Gateway.start(s -> s.secrets(ref -> {
        if (slow) {
            readings.incrementAndGet();
            await();
        }
        return Optional.of(Secret.of(AUTHORITY.pem()));
    }));

    @AfterEach
    void close() {
        release.countDown();
        callers.forEach(Raw::close);
        gateway.close();
        far.close();
        near.close();
    }

    private void await() {
        try {
            release.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_slow_far_side_takes_nothing_from_others_and_a_crowd_gets_its_answers() {
        gateway.workload(
                "bills.shop", URI.create("http://localhost:" + near.uri().getPort()));
        gateway.apply(gateway.plan(
                Far.orders(Far.tls(far.uri())).define(), Said.named("bills").define()));
        slow = true;
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Raw.to(gateway).send(Raw.request("GET", "/")));
        }
        Until.holds(() -> readings.get() > 0 && gateway.stats().calls().get("orders.shop") == CALLERS);

        assertThat(Raw.ask(gateway, "GET / HTTP/1.1\r\nHost: bills.shop.localhost\r\n\r\n")
                        .body())
                .isEqualTo("near");
        release.countDown();

        assertThat(callers)
                .allSatisfy(caller -> assertThat(caller.answer().body()).isEqualTo("far"));
    }
}
