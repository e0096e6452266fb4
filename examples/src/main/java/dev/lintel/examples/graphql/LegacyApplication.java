package dev.lintel.examples.graphql;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The application of long ago: one address for everything, and names of columns in its answers. */
final class LegacyApplication implements AutoCloseable {
    private final HttpServer server;

    private LegacyApplication(HttpServer server) {
        this.server = server;
    }

    static LegacyApplication start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/legacy/customer.do", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            byte[] body = ("{\"ID\": \"" + query.substring(query.indexOf('=') + 1)
                            + "\", \"CUST_NM\": \"A. Liddell\", \"CREDIT-LIMIT\": 1000.10}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new LegacyApplication(server);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
