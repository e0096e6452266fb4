package dev.lintel.graphiql;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A front at a port of its own, and what it was asked. */
final class Door implements AutoCloseable {
    private final Front front;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Queue<FrontRequest> asked = new ConcurrentLinkedQueue<>();

    Door(Front front) throws IOException {
        this.front = front;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Queue<FrontRequest> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            FrontRequest request = new FrontRequest(
                    exchange.getRequestMethod(),
                    headers.getOrDefault("host", ""),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    headers,
                    ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()),
                    new Token.None(),
                    new Caller.None());
            asked.add(request);
            FrontAnswer answer = front.answer(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = new byte[answer.body().remaining()];
            answer.body().get(body);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
