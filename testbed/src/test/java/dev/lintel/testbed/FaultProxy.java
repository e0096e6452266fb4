package dev.lintel.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real apiserver and has its own answer to some requests; all others go through. */
final class FaultProxy implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    /** How many requests were answered, by whomever. */
    final AtomicInteger answered = new AtomicInteger();

    /** What is wrong with a request. */
    interface Faults {
        /**
         * Decides about one request.
         *
         * @param method for example {@code GET}
         * @param path with its query
         * @return what is wrong; empty for nothing
         */
        Optional<Fault> of(String method, String path);
    }

    /**
     * An answer that is not the apiserver's.
     *
     * @param status the HTTP status
     * @param done whether the request gets to the apiserver all the same, so that only its answer is lost
     */
    record Fault(int status, boolean done) {}

    FaultProxy(ApiClient api, Faults faults) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, api, faults));
        server.start();
    }

    /** Pages of two, so that a few objects are a list of several pages. */
    private static String paged(String path) {
        return path.replace("limit=500", "limit=2");
    }

    private void answer(HttpExchange exchange, ApiClient api, Faults faults) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().toString();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Optional<Fault> fault = faults.of(method, path);
            answered.incrementAndGet();
            Answer answer = fault.isPresent() && !fault.get().done()
                    ? new Answer(0, "")
                    : type == null ? api.ask(method, paged(path)) : api.send(method, paged(path), type, body);
            if (fault.isPresent()) {
                answer = new Answer(fault.get().status(), "{\"kind\": \"Status\", \"message\": \"the test says no\"}");
                exchange.getResponseHeaders().set("Retry-After", "0");
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (UncheckedIOException e) {
            // The apiserver is not there: neither is an answer.
            exchange.close();
        }
    }

    /**
     * A client that goes by this way.
     *
     * @param most how often it sends a request again
     */
    KubernetesClient client(int most) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(most)
                .withRequestRetryBackoffInterval(1)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
