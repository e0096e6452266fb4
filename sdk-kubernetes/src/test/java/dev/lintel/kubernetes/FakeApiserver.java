package dev.lintel.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** A server on the loopback that answers as a test says, and time that passes as soon as somebody waits. */
final class FakeApiserver implements AutoCloseable {
    /** More is packed, in bytes. */
    private static final int LARGE = 128 * 1024;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicLong now = new AtomicLong();
    /** What was asked, as {@code GET /path}. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Of which those with a token. */
    final List<String> authorized = new CopyOnWriteArrayList<>();
    /** Of which those that were answered packed, as an apiserver does with what is large where it may. */
    final List<String> packed = new CopyOnWriteArrayList<>();
    /** How long was waited each time. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    final KubernetesClient client;

    /** What is answered. */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }

        static Answer of(int status, String message) {
            return new Answer(status, "{\"kind\": \"Status\", \"message\": \"" + message + "\"}", Map.of());
        }
    }

    FakeApiserver(Function<String, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(3)
                .withOauthToken("a token")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    private void answer(HttpExchange exchange, Function<String, Answer> answers) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(call);
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                authorized.add(call);
            }
            Answer answer = answers.apply(call);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
            if (body.length > LARGE && encodings != null && encodings.contains("gzip")) {
                packed.add(call);
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                body = packed(body);
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /** The time of this server. */
    Pauses time() {
        return new Pauses() {
            @Override
            public long nanos() {
                return now.get();
            }

            @Override
            public CompletableFuture<Void> pause(Duration time) {
                pauses.add(time);
                now.addAndGet(time.toNanos());
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    Transport transport() {
        return new Transport(client, time());
    }

    /** From now on nobody listens. */
    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        client.close();
        stop();
        executor.shutdownNow();
    }
}
