package dev.lintel.auth.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A management interface that speaks JSON; what it knows is in memory. */
abstract class FakeAdmin implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    final FakeServer server = new FakeServer();
    /** Given instead of an answer while it is set. */
    volatile @Nullable Answer trouble;

    FakeAdmin() {
        server.otherwise(this::handle);
    }

    /** Answers one request: body null for none. */
    abstract Answered answer(String method, String[] path, Map<String, String> query, Map<String, Object> body);

    record Answered(int status, @Nullable Object body, Map<String, String> headers) {
        static Answered of(int status) {
            return new Answered(status, null, Map.of());
        }

        static Answered json(int status, Object body) {
            return new Answered(status, body, Map.of());
        }
    }

    URI url() {
        return URI.create(server.url());
    }

    /** The requests that changed something, for example {@code PUT /admin/clients/shop}. */
    List<String> changes() {
        return server.asked().stream()
                .filter(asked -> !asked.method().equals("GET") && !asked.path().endsWith("/token"))
                .map(asked -> asked.method() + " " + asked.path())
                .toList();
    }

    static Map<String, Object> copy(Map<String, Object> object) {
        return StrictJson.object(write(object).getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer instead = trouble;
        if (instead != null) {
            instead.give(exchange);
            return;
        }
        URI uri = exchange.getRequestURI();
        Map<String, String> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        String text = String.valueOf(exchange.getAttribute("body"));
        Map<String, Object> body = text.startsWith("{")
                ? StrictJson.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow()
                : Map.of();
        String[] path = uri.getPath().substring(1).split("/");
        Answered answered;
        synchronized (this) {
            answered = answer(exchange.getRequestMethod(), path, query, body);
        }
        answered.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        Answer.of(
                        answered.status(),
                        "application/json; charset=utf-8",
                        answered.body() == null ? "" : write(answered.body()))
                .give(exchange);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public final void close() {
        server.close();
    }
}
