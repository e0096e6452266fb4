package dev.lintel.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One version of a plain HTTP service that knows nothing of gateways and tokens. */
final class OrdersServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    private OrdersServer(HttpServer server) {
        this.server = server;
    }

    static OrdersServer start(String version) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OrdersServer orders = new OrdersServer(server);
            server.createContext("/", exchange -> answer(exchange, version));
            server.setExecutor(orders.threads);
            server.start();
            return orders;
        } catch (IOException e) {
            throw new UncheckedIOException("the orders service " + version + " cannot listen on loopback", e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, String version) throws IOException {
        byte[] body = ("{\"path\":\"" + exchange.getRequestURI().getPath() + "\",\"version\":\"" + version + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
