package dev.lintel.traffic.rollout.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A server at the address of a Prometheus that answers as it is told. */
final class FakePrometheus implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    private FakePrometheus(HttpServer server) {
        this.server = server;
    }

    /** How an exchange ends. */
    @FunctionalInterface
    interface Ending {
        void end(HttpExchange exchange, String query) throws IOException;
    }

    static FakePrometheus start(Ending ending) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakePrometheus fake = new FakePrometheus(server);
        server.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = URLDecoder.decode(form.replaceAll("^query=([^&]*)&.*$", "$1"), StandardCharsets.UTF_8);
            fake.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + query);
            fake.credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
            ending.end(exchange, query);
        });
        server.setExecutor(fake.threads);
        server.start();
        return fake;
    }

    /** Answers a body to each query. */
    static FakePrometheus answering(int status, UnaryOperator<String> body) throws IOException {
        return start((exchange, query) -> {
            byte[] bytes = body.apply(query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** A vector of samples without labels. */
    static String vector(String... values) {
        StringBuilder samples = new StringBuilder();
        for (String value : values) {
            samples.append(samples.length() == 0 ? "" : ",")
                    .append("{\"metric\":{},\"value\":[1780315200.123,\"")
                    .append(value)
                    .append("\"]}");
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + samples + "]}}";
    }

    /** What asks it, with the patience that a busy machine needs. */
    PrometheusMetrics metrics() {
        return PrometheusMetrics.at(uri()).timeout(Duration.ofMinutes(2));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> asked() {
        return asked;
    }

    List<String> credentials() {
        return credentials;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
