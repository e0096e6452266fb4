package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.traffic.Split;
import dev.lintel.traffic.Sticky;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on to a service, and what comes back. */
class ForwardingTest {
    @Test
    void whatOnlyAProxyMaySayIsOursToSay() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            Raw.get(
                    gateway,
                    "/x",
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil",
                    "X-Forwarded-Client-Cert: By=evil",
                    "Forwarded: for=6.6.6.6",
                    "X-Real-IP: 6.6.6.6",
                    "X-Envoy-Retry-On: 5xx",
                    "X-Original-URL: /admin",
                    "X-Rewrite-URL: /admin",
                    "X-HTTP-Method-Override: DELETE",
                    "Authorization: Basic eDp5",
                    "Cookie: a=b",
                    "Role: a",
                    "Role: admin");

            assertThat(service.asked().get(0).lines())
                    .containsExactly(
                            "GET /x HTTP/1.1",
                            "Host: orders.shop.localhost",
                            "Authorization: Basic eDp5",
                            "Cookie: a=b",
                            "Role: a",
                            "Role: admin",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: http",
                            "x-forwarded-host: orders.shop.localhost");
        }
    }

    @Test
    void whatIsForOneHopEndsHere() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(
                        FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x-hop\r\nX-Hop: 1\r\n"
                                + "Keep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\nX-Kept: 1\r\n\r\nok")));
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            Raw.Answer answer = Raw.get(
                    gateway,
                    "/x",
                    "Connection: keep-alive, X-Hop, X-Other",
                    "X-Hop: 1",
                    "X-Kept: 1",
                    "Keep-Alive: timeout=5",
                    "Proxy-Connection: keep-alive",
                    "Proxy-Authorization: Basic eDp5",
                    "TE: gzip, trailers",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAA");

            assertThat(service.asked().get(0).lines().subList(0, 3))
                    .containsExactly("GET /x HTTP/1.1", "Host: orders.shop.localhost", "X-Kept: 1");
            assertThat(answer.head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kept: 1\r\n\r\n");
        }
    }

    @Test
    void theSaidChangesAreMade() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders()
                    .rewritePath("/api/**", "/internal/**")
                    .setHeader("x-team", "shop")
                    .setResponseHeader("x-served-by", "lintel")
                    .define()));

            Raw.Answer answer = Raw.get(gateway, "/api/x%2fy?q=1", "X-Team: other");

            assertThat(service.asked().get(0).first()).isEqualTo("GET /internal/x/y?q=1 HTTP/1.1");
            assertThat(service.asked().get(0).header("x-team")).isEqualTo("shop");
            assertThat(answer.header("x-served-by")).isEqualTo("lintel");
        }
    }

    @Test
    void aStickySplitIsRememberedInACookie() {
        try (FakeService v1 = FakeService.saying("v1");
                FakeService v2 = FakeService.saying("v2");
                Gateway gateway = Gateway.start(GatewaySettings.defaults().draw(bound -> 95))) {
            gateway.workload("orders.shop", "v1", v1.uri());
            gateway.workload("orders.shop", "v2", v2.uri());
            gateway.apply(gateway.plan(Said.orders()
                    .split(Split.split("v1", 90, "v2", 10).sticky(Sticky.cookie("seen")))
                    .define()));

            Raw.Answer first = Raw.get(gateway, "/");
            Raw.Answer second = Raw.get(gateway, "/", "Cookie: a=b; seen=v1");

            assertThat(first.body()).isEqualTo("v2");
            assertThat(first.header("set-cookie")).isEqualTo("seen=v2; Path=/; HttpOnly; SameSite=Lax");
            assertThat(second.body()).isEqualTo("v1");
            assertThat(second.header("set-cookie")).isEmpty();
        }
    }

    @Test
    void severalAddressesTakeTurns() {
        try (FakeService a = FakeService.saying("a");
                FakeService b = FakeService.saying("b");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", a.uri(), b.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(List.of(
                            Raw.get(gateway, "/").body(),
                            Raw.get(gateway, "/").body(),
                            Raw.get(gateway, "/").body()))
                    .containsExactly("a", "b", "a");
        }
    }

    @Test
    void aWorkloadMayBeAVersionsOwnService() {
        try (FakeService v2 = FakeService.saying("v2");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders-v2.shop", v2.uri());
            gateway.apply(gateway.plan(Said.orders()
                    .versionByService("v2", "orders-v2")
                    .route("/**", "v2")
                    .timeout(Duration.ofSeconds(30))
                    .define()));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("v2");
        }
    }
}
