package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.embedded.authorization.Papers;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A service elsewhere is asked whether it is well as it is called: under its own names. */
class FarHealthTest {
    private static final Papers AUTHORITY = Papers.authority("CN=authority");
    private static final URI NOWHERE = URI.create("https://127.0.0.1:1");

    private final VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
    private final Gateway gateway =
            Gateway.start(s -> s.time(clock).draw(bound -> 0).secrets(Far.trusting(AUTHORITY)));

    private void apply(Elsewhere elsewhere) {
        gateway.apply(gateway.plan(Far.orders(elsewhere).with(Ruled.asked(3, 2)).define()));
        Until.holds(() -> gateway.stats().checks() == 1);
    }

    @Test
    void a_router_that_goes_by_host_is_asked_for_the_route() {
        String unknown = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        try (FakeService router = FakeService.start((asked, out) -> out.write(
                        asked.header("host").equals(Far.NAME) ? FakeService.ok("ok") : FakeService.bytes(unknown)));
                gateway) {
            apply(Far.over(Kind.CLOUD_FOUNDRY, router.uri(), null, null));

            assertThat(router.asked().get(0).first()).isEqualTo("GET /healthz HTTP/1.1");
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
        }
    }

    @Test
    void a_secret_of_the_gateway_that_is_no_good_puts_no_workload_out() {
        AtomicReference<Secret> authority = new AtomicReference<>(Secret.of("no certificate"));
        try (FakeService far = FakeService.tls(
                        AUTHORITY.vouchesForServer(Far.NAME).server(null),
                        false,
                        (asked, out) -> out.write(FakeService.ok("ok")));
                Gateway other = Gateway.start(s -> s.time(clock).secrets(ref -> Optional.of(authority.get())));
                gateway) {
            other.apply(other.plan(
                    Far.orders(Far.tls(far.uri())).with(Ruled.out(1).retried(2)).define()));
            for (int i = 0; i < 3; i++) {
                assertThat(Raw.get(other, "/").body())
                        .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,"
                                + "\"detail\":\"the service cannot be reached\"}\n");
            }
            assertThat(other.stats().ejections()).isZero();
            assertThat(other.stats().retries()).isZero();

            authority.set(Secret.of(AUTHORITY.pem()));
            assertThat(Raw.get(other, "/").body()).isEqualTo("ok");
        }
    }

    @Test
    void a_bound_workload_that_speaks_tls_is_asked_under_the_names_of_the_far_side() {
        try (FakeService far = FakeService.tls(
                        AUTHORITY.vouchesForServer(Far.NAME).server(null),
                        false,
                        (asked, out) -> out.write(FakeService.ok(Far.sni(asked))));
                gateway) {
            gateway.workload("orders.shop", far.uri());
            apply(Far.tls(NOWHERE));

            assertThat(Far.sni(far.asked().get(0))).isEqualTo("[type=host_name (0), value=api.psp.example]");
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(200);
        }
    }
}
