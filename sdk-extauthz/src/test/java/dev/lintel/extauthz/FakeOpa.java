package dev.lintel.extauthz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An OPA that answers each question with one text, as soon as it is let. */
final class FakeOpa implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch go;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-opa");
        thread.setDaemon(true);
        return thread;
    });
    private final String answer;

    private FakeOpa(String answer, CountDownLatch go) {
        this.answer = answer;
        this.go = go;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static FakeOpa saying(String answer) {
        return new FakeOpa(answer, new CountDownLatch(0));
    }

    static FakeOpa waiting(String answer) {
        return new FakeOpa(answer, new CountDownLatch(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            go.await(20, TimeUnit.SECONDS);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        go.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
