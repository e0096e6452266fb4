package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a question that was given up. */
class AuthorizerLateTest {
    /** A late "yes" to one question must not be taken for the answer to the next one, which is "no". */
    @Test
    void aLateAnswerIsNobodys() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (FakeService opa = FakeService.start((asked, out) -> {
                    boolean first = asked.body().contains("\"path\":\"/first\"");
                    if (first) {
                        go.await(60, TimeUnit.SECONDS);
                    }
                    out.write(Asks.answer(200, "{\"result\":" + first + "}"));
                });
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.threads(1));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri(), Duration.ofMillis(200), false, null))
                    .define()));
            assertThat(raw.send(Raw.request("GET", "/first")).answer().status()).isEqualTo(403);
            go.countDown();

            for (int i = 0; i < 20; i++) {
                assertThat(raw.send(Raw.request("GET", "/no")).answer().status())
                        .isEqualTo(403);
            }
            assertThat(service.asked()).isEmpty();
        }
    }
}
