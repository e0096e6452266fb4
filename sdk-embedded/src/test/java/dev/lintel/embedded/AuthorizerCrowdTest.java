package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many who wait for an authorizer that does not answer, and what is left of them; a busy machine may read them late. */
class AuthorizerCrowdTest {
    private static final int CROWD = 200;

    @Test
    void everybodyIsRefusedAndTheNextOneIsAnswered() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger(CROWD);
        try (FakeService opa = FakeService.start((asked, out) -> {
                    if (hanging.decrementAndGet() >= 0) {
                        go.await(60, TimeUnit.SECONDS);
                    }
                    out.write(Asks.answer(200, "{\"result\":true}"));
                });
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.headerTimeout(Duration.ofMinutes(2)))) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri(), Duration.ofSeconds(2), false, null))
                    .define()));
            List<Raw> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < CROWD; i++) {
                    crowd.add(Raw.to(gateway).send(Raw.request("GET", "/" + i)));
                }
                for (Raw one : crowd) {
                    assertThat(one.answer().status()).isEqualTo(403);
                }
                hanging.set(0);
                // Answers that come now are for nobody, least of all for who asks next on the same connection.
                go.countDown();
                for (Raw one : crowd) {
                    assertThat(one.send(Raw.request("GET", "/again")).answer().body())
                            .isEqualTo("ok");
                }
            } finally {
                crowd.forEach(Raw::close);
            }
            assertThat(service.asked()).hasSize(CROWD);
        }
    }
}
