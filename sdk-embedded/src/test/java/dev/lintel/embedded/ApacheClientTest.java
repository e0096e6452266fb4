package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.junit.jupiter.api.Test;

/** Apache HttpClient as it comes, which offers TLS with every plain request. */
class ApacheClientTest {
    @Test
    void isServedAlthoughItOffersAnotherProtocol() throws Exception {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start();
                CloseableHttpClient client = HttpClientBuilder.create()
                        .setRoutePlanner(new SystemDefaultRoutePlanner(gateway.proxySelector()))
                        .build()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            int status = client.execute(
                    new HttpGet(gateway.uri("orders.shop").resolve("/orders")), response -> response.getCode());

            assertThat(status).isEqualTo(200);
            assertThat(service.asked().get(0).header("upgrade")).isEmpty();
        }
    }
}
