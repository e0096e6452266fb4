package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.log.LogWatch;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens, bodies and what policies answer pass through; no log, journal or text has them. */
class AuthorizerSecretsTest {
    @Test
    void whatPassesThroughIsWrittenNowhere() {
        String canary = "canary-" + UUID.randomUUID();
        try (LogWatch logs = LogWatch.open();
                FakeService opa = FakeService.start((asked, out) -> {
                    String result = asked.body().contains("/broken")
                            ? "{\"allowed\":true,\"headers\":{\"host\":\"" + canary + "\"}}"
                            : asked.body().contains("/no")
                                    ? "{\"allowed\":false,\"body\":\"" + canary + "\",\"headers\":{\"x-a\":\"" + canary
                                            + "\"}}"
                                    : "{\"allowed\":true,\"headers\":{\"x-a\":\"" + canary
                                            + "\"},\"query_parameters_to_set\":{\"q\":\"" + canary + "\"}}";
                    out.write(Asks.answer(200, "{\"result\":" + result + "}"));
                });
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.journal(100))) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(
                    gateway.plan(Asks.orders(Asks.shown(opa.uri(), 100, false)).define()));
            for (String path : new String[] {"/yes", "/no", "/broken"}) {
                Raw.ask(
                        gateway,
                        Raw.request(
                                        "POST",
                                        path,
                                        "Authorization: Bearer " + canary,
                                        "Content-Length: " + canary.length())
                                + canary);
            }

            assertThat(opa.asked())
                    .hasSize(3)
                    .allSatisfy(asked -> assertThat(asked.body()).contains(canary));
            assertThat(service.asked()).hasSize(1);
            assertThat(logs.lines()).isNotEmpty().noneMatch(line -> line.contains(canary));
            assertThat(gateway.journal().requests().toString()).doesNotContain(canary);
        }
    }
}
