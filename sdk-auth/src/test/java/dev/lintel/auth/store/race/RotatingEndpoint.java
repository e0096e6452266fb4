package dev.lintel.auth.store.race;

import com.sun.net.httpserver.HttpExchange;
import dev.lintel.auth.testing.FakeServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A token endpoint that takes each refresh token once, counts, and can do something before it answers. */
final class RotatingEndpoint implements AutoCloseable {
    private final FakeServer server = new FakeServer();
    private final List<String> used = new ArrayList<>();
    private Runnable beforeAnswering = () -> {};

    RotatingEndpoint() {
        server.on("/token", this::answer);
    }

    URI uri() {
        return server.uri("/token");
    }

    synchronized List<String> used() {
        return List.copyOf(used);
    }

    synchronized void beforeAnswering(Runnable task) {
        beforeAnswering = task;
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int status;
        String body;
        Runnable task;
        synchronized (this) {
            boolean good = query.equals("r" + used.size());
            used.add(query);
            status = good ? 200 : 400;
            body = good ? "a" + used.size() + " r" + used.size() : "invalid_grant";
            task = beforeAnswering;
        }
        task.run();
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
