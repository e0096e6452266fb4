package dev.lintel.junit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lintel.embedded.Gateway;
import dev.lintel.junit.ApiGatewayTest;
import dev.lintel.junit.RequestJournal;
import dev.lintel.junit.TokenIssuer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The same without a field. */
@ApiGatewayTest(setup = OrdersSetup.class, audience = "orders")
class DeclaredOrdersApiTest {
    @Test
    void allGoesToTheFirstVersion(Gateway gateway, HttpClient http, TokenIssuer tokens, RequestJournal journal)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"))
                .header("Authorization", tokens.bearer("alice", "orders.read"))
                .build();

        assertEquals("one", http.send(request, BodyHandlers.ofString()).body());

        journal.assertForwarded("GET", "/orders/7", "v1");
    }
}
