package dev.lintel.junit.example;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;

import dev.lintel.embedded.Reply;
import dev.lintel.junit.GatewayBuilder;
import dev.lintel.junit.GatewaySetup;
import dev.lintel.sdk.Api;

/** What several test classes need in the same way. */
final class OrdersSetup implements GatewaySetup {
    @Override
    public GatewayBuilder addTo(GatewayBuilder builder) {
        return builder.definition(issuer -> Api.expose("orders")
                        .inNamespace("shop")
                        .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                        .split("v1", 100, "v2", 0)
                        .define())
                .workload("orders.shop", "v1", function(request -> Reply.ok("one")))
                .workload("orders.shop", "v2", function(request -> Reply.ok("two")));
    }
}
