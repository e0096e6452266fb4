package dev.lintel.benchmarks.gateway;

import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.sdk.Api;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The gateway with a graph of one service: a server behind it, or a function in it. */
public final class GraphProxy {
    static final String HOST = "users.shop.localhost";
    static final String FUNCTION = "function";

    private static final int EVENT_LOOPS = 2;

    private GraphProxy() {}

    /** What the service says of itself; peers call the address in it. */
    static String document(int port) {
        return """
                {
                  "openapi": "3.0.3",
                  "info": {"title": "users", "version": "1"},
                  "servers": [{"url": "http://127.0.0.1:%d"}],
                  "paths": {
                    "/users/{id}": {
                      "get": {
                        "operationId": "getUser",
                        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                        "responses": {
                          "200": {
                            "description": "a user",
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
                          }
                        }
                      }
                    }
                  },
                  "components": {
                    "schemas": {
                      "User": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
                    }
                  }
                }
                """.formatted(port);
    }

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the document's file; then the service's port, or {@code function}
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        Gateway gateway = Gateway.start(GatewaySettings.defaults().threads(EVENT_LOOPS));
        gateway.workload(
                "users-rest.shop",
                arguments[1].equals(FUNCTION)
                        ? Workload.function(request -> Reply.ok("").json(GraphBenchmark.USER))
                        : Workload.at(URI.create("http://127.0.0.1:" + arguments[1])));
        gateway.apply(gateway.plan(Api.graphql("users")
                .from(openApi(Path.of(arguments[0]), service("users-rest")))
                .inNamespace("shop")
                .define()));
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }
}
