package dev.lintel.embedded;

import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.plan.Plan;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GatewayTest {
    @Test
    void passesRequestsToTheVersionsOfAService() throws Exception {
        try (FakeService v1 = FakeService.saying("one");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", v1.uri());
            gateway.workload("orders.shop", "v2", function(request -> Reply.ok("two " + request.path())));
            gateway.apply(gateway.plan(Said.orders()
                    .split("v1", 100, "v2", 0)
                    .route("/beta/**", "v2")
                    .define()));

            assertThat(Raw.get(gateway, "/a?b=c").body()).isEqualTo("one");
            assertThat(Raw.get(gateway, "/beta/x").body()).isEqualTo("two /beta/x");
            assertThat(v1.asked().get(0).lines())
                    .containsExactly(
                            "GET /a?b=c HTTP/1.1",
                            "Host: orders.shop.localhost",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: http",
                            "x-forwarded-host: orders.shop.localhost");
            assertThat(gateway.stats().successes()).isEqualTo(2);
        }
    }

    @Test
    void javaNetHttpReachesItsHostsByTheProxySelector() throws Exception {
        try (FakeService service = FakeService.saying("hello");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));
            HttpClient client =
                    HttpClient.newBuilder().proxy(gateway.proxySelector()).build();

            URI uri = gateway.uri("orders.shop").resolve("/x?y=1");
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(uri).hasToString("http://orders.shop.localhost:" + gateway.port() + "/x?y=1");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(service.asked().get(0).first()).isEqualTo("GET /x?y=1 HTTP/1.1");
            assertThat(service.asked().get(0).header("upgrade")).isEmpty();
        }
    }

    @Test
    void answers404UntilSomethingIsExposed() {
        try (Gateway gateway = Gateway.start()) {
            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"title\":\"Not Found\",\"status\":404,\"detail\":\"no API is exposed at this host\"}\n");
        }
    }

    @Test
    void namesWhatIsNotBound() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", URI.create("http://127.0.0.1:1"));
            Plan plan = gateway.plan(Said.orders().split("v1", 90, "v2", 10).define());

            assertThatThrownBy(() -> gateway.apply(plan))
                    .isInstanceOf(ProblemsException.class)
                    .hasMessageStartingWith("the plan for gateway http://*.localhost:" + gateway.port()
                            + " has 1 problem\n  (1) workload.unbound orders.shop: version 'v2' is bound to no workload; bound are: v1\n"
                            + "      bind it first: gateway.workload(\"orders.shop\", \"v2\", uri)\n"
                            + "      at GatewayTest.java:");
        }
    }

    @Test
    void namesTheLineThatAskedForTheVersion() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", URI.create("http://127.0.0.1:1"));
            ApiDefinition orders = Said.orders()
                    .route("/beta/**", "v3")
                    .split("v1", 90, "v2", 10)
                    .define();

            Plan plan = gateway.plan(orders);

            // All origins are equal, so that definitions are: only their text tells them apart.
            assertThat(plan.problems())
                    .extracting(problem -> String.valueOf(problem.origin()))
                    .containsExactly(
                            String.valueOf(orders.policies().get(1).origin()),
                            String.valueOf(orders.policies().get(0).origin()));
        }
    }

    @Test
    void saysWhereItCannotListen() {
        try (Gateway gateway = Gateway.start()) {
            assertThatThrownBy(() -> Gateway.start(s -> s.port(gateway.port())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining(String.valueOf(gateway.port()))
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void explainsADecisionWithoutSendingAnything() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", URI.create("http://127.0.0.1:1"));
            gateway.apply(gateway.plan(Said.orders().route("/**", "v1").define()));

            assertThat(gateway.explain(RequestValue.of("GET", "http://orders.shop.localhost/x"))
                            .render())
                    .contains("forward to orders.shop v1 /x");
        }
    }

    @Test
    void hostsOutsideItsDomainAreReachedThroughItOnceTheyAreExposed() {
        try (Gateway gateway = Gateway.start()) {
            var proxies = gateway.proxySelector();
            URI elsewhere = URI.create("http://orders.shop.example.com/x");
            assertThat(proxies.select(elsewhere)).containsExactly(Proxy.NO_PROXY);

            gateway.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            gateway.apply(
                    gateway.plan(Said.orders().atHost("orders.shop.example.com").define()));
            assertThat(proxies.select(elsewhere)).extracting(Proxy::type).containsExactly(Proxy.Type.HTTP);
        }
    }

    @Test
    void aGatewayThatIsClosedTakesNothingAnyMore() {
        Gateway gateway = Gateway.start();
        var plan = gateway.plan();
        gateway.close();
        gateway.close();
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> gateway.workload("orders.shop", URI.create("http://127.0.0.1:1")),
                gateway::plan,
                () -> gateway.apply(plan))) {
            assertThatThrownBy(use).isInstanceOf(IllegalStateException.class).hasMessageEndingWith(" is closed");
        }
    }

    @Test
    void anApiThatIsNotExposedIsNamedWithThoseThatAre() {
        try (Gateway gateway = Gateway.start()) {
            assertThatThrownBy(() -> gateway.uri("orders.shop"))
                    .hasMessage("no API 'orders.shop' is exposed; exposed are: none");
        }
    }
}
