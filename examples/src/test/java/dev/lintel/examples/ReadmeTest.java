package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.sdk.Api;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** The example of the front page, word for word. */
class ReadmeTest {
    @Test
    void servesOrders() throws Exception {
        // @start region=readme
        try (var authorization = AuthorizationServer.start(s -> s.audience("orders"));
                var gateway = Gateway.start()) {
            String issuer = authorization.issuer().toString();
            ApiDefinition orders = Api.expose("orders")
                    .inNamespace("shop")
                    .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                    .split("v1", 90, "v2", 10)
                    .define();
            gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.ok("from v1")));
            gateway.workload("orders.shop", "v2", Workload.function(request -> Reply.ok("from v2")));
            gateway.apply(gateway.plan(orders));

            Secret secret = Secret.of("of the shop");
            authorization.client("shop", secret, "orders.read");
            var client = ClientCredentials.of(issuer, "shop", secret, "orders.read");
            var http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
            var order = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"));
            try (var tokens = Tokens.of(client)) {
                assertThat(http.send(order.build(), ofString()).statusCode()).isEqualTo(401);
                assertThat(http.send(tokens.authorize(order).build(), ofString())
                                .body())
                        .startsWith("from v");
            }
        }
        // @end
    }
}
