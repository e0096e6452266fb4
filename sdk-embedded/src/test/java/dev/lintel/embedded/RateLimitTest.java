package dev.lintel.embedded;

import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.traffic.limit.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    @Test
    void whatIsTooMuchIsAnswered429AndTellsWhenToComeBack() {
        VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T00:00:00Z"));
        Said said = Said.orders().with(RateLimit.of(1, Duration.ofMillis(1500)));
        try (Gateway gateway = Gateway.start(GatewaySettings.defaults().clock(clock))) {
            gateway.workload("orders.shop", function(request -> Reply.ok("here")));
            gateway.apply(gateway.plan(said.define()));

            assertThat(Raw.ask(gateway, Raw.request("GET", "/")).status()).isEqualTo(200);
            Raw.Answer refused = Raw.ask(gateway, Raw.request("GET", "/"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("2");
            assertThat(refused.body())
                    .isEqualTo("{\"title\":\"Too Many Requests\",\"status\":429,\"detail\":"
                            + "\"too many requests, at most 1 requests in 1s500ms for all together\"}\n");
            clock.forward(Duration.ofMillis(1500));
            assertThat(Raw.ask(gateway, Raw.request("GET", "/")).status()).isEqualTo(200);
        }
    }
}
