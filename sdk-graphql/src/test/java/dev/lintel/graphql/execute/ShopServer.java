package dev.lintel.graphql.execute;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.graphql.upstream.HttpUpstream;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A service of the document over HTTP; it remembers what it was asked. */
public final class ShopServer implements Upstream, AutoCloseable {
    static final String ORDER = """
            {"id": 9007199254740993, "state": "on-hold", "price": 0.1000000000000000000001, "weight": 1.5,
             "placed": "2026-11-28T08:00:00Z", "due": "2026-12-01", "gift": true, "lines": 3, "customer-id": "c1",
             "notes": ["a", "\\u00e4\\"\\n"], "payment": {"kind": "card", "last4": "4242"},
             "labels": {"b-c": "1", "a": "2"}, "more": {"x": [1, null, 1e-30]}}""";
    private static final String SECOND = """
            {"id": 2, "state": "true", "customer-id": "c2", "payment": {"kind": "transfer", "iban": "DE1"}}""";
    private static final String THIRD = """
            {"id": 3, "state": "new", "customer-id": null}""";

    private final HttpServer server;
    private final HttpUpstream upstream;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    public ShopServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        upstream = HttpUpstream.open(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        answers.put("GET /orders", "{\"items\": [" + ORDER + "," + SECOND + "," + THIRD + "], \"total\": 3}");
        answers.put("POST /orders", ORDER);
        answers.put("GET /orders/9007199254740993", ORDER);
        answers.put("GET /orders/2", SECOND);
        answers.put("GET /orders/3", THIRD);
        answers.put("GET /orders/9007199254740993/history", "[\"placed\", \"paid\"]");
        answers.put("GET /orders/2/history", "[]");
        for (String id : List.of("c1", "c2")) {
            answers.put("GET /customers/" + id, customer(id));
        }
        answers.put("GET /customers?ids=c1,c2", "[" + customer("c2") + "," + customer("c1") + "]");
        answers.put("GET /note", "all is well");
    }

    static String customer(String id) {
        return "{\"id\": \"" + id + "\", \"full-name\": \"Name of " + id + "\", \"vip\": false}";
    }

    /** Answers a request with a text from now on. */
    public ShopServer answering(String request, String text) {
        answers.put(request, text);
        return this;
    }

    /** What was asked since the last time, sorted. */
    public List<String> asked() {
        List<String> all = asked.stream().sorted().toList();
        asked.clear();
        return all;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(request + (text.isEmpty() ? "" : " " + text));
            String answer = answers.get(request);
            if (request.startsWith("DELETE ") || request.equals("GET /ping")) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            String type = request.equals("GET /note") ? "text/plain" : "application/json";
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public UpstreamAnswer call(UpstreamRequest request) throws IOException {
        return upstream.call(request);
    }

    @Override
    public void close() {
        upstream.close();
        server.stop(0);
    }
}
