package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayJournalTest {
    private final VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z"));
    private final Gateway gateway = Gateway.start(s -> s.journal(3).clock(clock));

    @AfterEach
    void close() {
        gateway.close();
    }

    private void expose() {
        gateway.workload("orders.shop", "v1", function(request -> Reply.ok("one")));
        gateway.apply(gateway.plan(Said.orders()
                .withOAuth2(oauth2("http://127.0.0.1:1").audience("orders").publicPaths("/pub/**"))
                .route("/**", "v1")
                .define()));
    }

    @Test
    void tellsWhatWasAnsweredAndWhy() {
        expose();
        Raw.get(gateway, "/pub//x?token=canary", "x-secret: canary");
        clock.forward(Duration.ofSeconds(1));
        Raw.get(gateway, "/orders/7", "authorization: Basic canary");

        assertThat(gateway.journal().requests())
                .extracting(GatewayRequest::toString)
                .containsExactly(
                        "GET orders.shop.localhost/pub//x = 200, forward to orders.shop v1 /pub/x",
                        "GET orders.shop.localhost/orders/7 = 401, refuse with 401 NO_TOKEN: a token is needed");
        GatewayRequest forwarded = gateway.journal().requests().get(0);
        GatewayRequest refused = gateway.journal().requests().get(1);
        assertThat(forwarded.isForwarded()).isTrue();
        assertThat(forwarded.version()).contains("v1");
        assertThat(forwarded.at()).isEqualTo("2030-01-01T12:00:00Z");
        assertThat(refused.isForwarded()).isFalse();
        assertThat(refused.version()).isEmpty();
        assertThat(refused.at()).isEqualTo("2030-01-01T12:00:01Z");
        assertThat(refused.explanation().render())
                .startsWith("GET orders.shop.localhost/orders/7\n  = refuse with 401 NO_TOKEN: a token is needed\n")
                .contains("\n  token    none was presented\n  access   /** needs any token: refused ");
        assertThat(gateway.journal().requests().toString()).doesNotContain("canary");
    }

    @Test
    void keepsTheLastAndCountsAll() {
        for (int i = 0; i < 5; i++) {
            Raw.get(gateway, "/" + i);
        }
        assertThat(gateway.journal().count()).isEqualTo(5);
        assertThat(gateway.journal().requests())
                .extracting(GatewayRequest::path)
                .containsExactly("/2", "/3", "/4");
        gateway.journal().clear();
        assertThat(gateway.journal().count()).isZero();
        assertThat(gateway.journal().requests()).isEmpty();
    }

    @Test
    void ofWhatIsNoValidHttpItKeepsNothing() {
        Raw.ask(gateway, "GET /canary HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        assertThat(gateway.journal().requests())
                .extracting(GatewayRequest::toString)
                .containsExactly("- - = 400");
    }

    @Test
    void anAnswerThatIsBrokenOffIsNotWhole() {
        gateway.workload("orders.shop", "v1", URI.create("http://127.0.0.1:1"));
        gateway.apply(gateway.plan(Said.orders().route("/**", "v1").define()));
        assertThat(Raw.get(gateway, "/x").status()).isEqualTo(503);
        assertThat(gateway.journal().requests())
                .extracting(GatewayRequest::toString)
                .containsExactly("GET orders.shop.localhost/x = 503, forward to orders.shop v1 /x");

        try (FakeService service = FakeService.start((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"));
            asked.socket().close();
        })) {
            gateway.workload("orders.shop", "v1", service.uri());
            Raw.get(gateway, "/y");
            Until.holds(() -> gateway.journal().count() == 2);
            assertThat(gateway.journal().requests().get(1))
                    .hasToString("GET orders.shop.localhost/y = 200, broken off, forward to orders.shop v1 /y");
        }
    }

    @Test
    void withoutOneItSaysHowToGetIt() {
        try (Gateway silent = Gateway.start()) {
            assertThatThrownBy(silent::journal)
                    .hasMessage(
                            "gateway http://*.localhost:" + silent.port() + " keeps no journal; say how many requests"
                                    + " it is to keep: Gateway.start(s -> s.journal(1000))");
        }
        assertThatThrownBy(() -> GatewaySettings.defaults().journal(-1))
                .hasMessage("a journal must keep 0 or more requests, but was -1");
    }
}
