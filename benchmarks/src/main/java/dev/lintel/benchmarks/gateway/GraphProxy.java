package dev.lintel.benchmarks.gateway;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.sdk.Api;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** The gateway with a graph of one service: the upstream, or a function beside it that answers the same. */
public final class GraphProxy {
    /** Instead of a port: no upstream, but a function. */
    static final String FUNCTION = "function";

    private static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /orders/{id}:
                get:
                  operationId: order
                  parameters: [{name: id, in: path, required: true, schema: {type: integer, format: int64}}]
                  responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
            components:
              schemas:
                Order: {type: object, properties: {order: {type: integer, format: int64}, status: {type: string}}}
            """;

    private GraphProxy() {}

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the upstream's port, or {@link #FUNCTION}
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        Gateway gateway = Gateway.start(GatewaySettings.defaults().threads(2));
        if (arguments[0].equals(FUNCTION)) {
            gateway.workload(
                    "orders.shop", Workload.function(request -> Reply.ok("").json(Upstream.ANSWER)));
        } else {
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:" + arguments[0]));
        }
        gateway.apply(gateway.plan(Api.graphql("catalog")
                .from(openApi("orders.yaml", DOCUMENT, service("orders")))
                .inNamespace("shop")
                .define()));
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }
}
