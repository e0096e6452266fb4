package dev.lintel.auth.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on loopback whose answers a test sets, and which remembers what it was asked. */
public final class FakeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile Answer otherwise = Answer.of(404, "text/plain", "");
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What a path answers. */
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;

        static Answer json(String body) {
            return of(200, "application/json", body);
        }

        static Answer of(int status, String type, String body) {
            return exchange -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            };
        }

        /** One answer after the other; the last one for ever. */
        static Answer inTurn(Answer... answers) {
            Queue<Answer> left = new ConcurrentLinkedQueue<>(List.of(answers));
            Answer last = answers[answers.length - 1];
            return exchange -> {
                Answer next = left.poll();
                (next == null ? last : next).give(exchange);
            };
        }

        /** Nothing: the connection is closed after the request was read. */
        static Answer brokenOff() {
            return HttpExchange::close;
        }

        /** The same with a header. */
        default Answer with(String name, String value) {
            return exchange -> {
                exchange.getResponseHeaders().set(name, value);
                give(exchange);
            };
        }

        static Answer redirect(String to) {
            return exchange -> {
                exchange.getResponseHeaders().set("Location", to);
                exchange.sendResponseHeaders(302, -1);
            };
        }
    }

    /** What was asked. */
    public record Asked(String method, String path, Map<String, List<String>> headers, String body) {}

    public FakeServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** What all other paths answer. */
    public FakeServer otherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    /** Answers nothing until the server is closed. */
    public Answer never() {
        return exchange -> {
            try {
                assert closed.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public URI uri(String path) {
        return URI.create(url() + path);
    }

    public List<Asked> asked() {
        return asked;
    }

    public long asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).count();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
            exchange.setAttribute("body", body);
            answers.getOrDefault(path, otherwise).give(exchange);
        }
    }
}
