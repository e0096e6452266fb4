package dev.lintel.benchmarks.tokens;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token endpoint on loopback that takes its time and counts. A process of its own, so that ten thousand connections need
 * only half as many file handles, and so that its work is not the clients'. Reads orders line by line and answers each.
 */
public final class TokenEndpoint {
    private static final PrintStream OUT = System.out;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final HttpServer server;
    private volatile int status = 200;
    private volatile long millis;

    private TokenEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Serves until the input ends. Orders: {@code open} answers a port where a new server listens instead of the old one;
     * {@code set STATUS MILLIS} says what is answered and sets the count back; {@code count} answers how many requests
     * came, and how many of them wait for their answer.
     *
     * @param arguments none
     * @throws IOException if there is no input or no port
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        TokenEndpoint endpoint = new TokenEndpoint();
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ");
            switch (order[0]) {
                case "open" -> {
                    // A new port each time: closed connections block theirs for a minute.
                    endpoint.close();
                    endpoint = new TokenEndpoint();
                    OUT.println(endpoint.server.getAddress().getPort());
                }
                case "set" -> {
                    endpoint.status = Integer.parseInt(order[1]);
                    endpoint.millis = Long.parseLong(order[2]);
                    endpoint.requests.set(0);
                    OUT.println("set");
                }
                default -> OUT.println(endpoint.requests.get() + " " + endpoint.open.get());
            }
        }
        endpoint.close();
        System.exit(0);
    }

    private void close() {
        server.stop(0);
        later.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        int number = requests.incrementAndGet();
        open.incrementAndGet();
        int now = status;
        // Whoever primes a client says by the path how long its token is good, and when it should be refreshed.
        String[] path = exchange.getRequestURI().getPath().split("/");
        String lifetime = path.length > 2 ? path[2] : "3600";
        String refresh = path.length > 3 ? ",\"refresh_in\":" + path[3] : "";
        byte[] body = (now == 200
                        ? "{\"access_token\":\"token-" + number + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                                + lifetime + refresh + "}"
                        : "{\"error\":\"temporarily_unavailable\"}")
                .getBytes(StandardCharsets.US_ASCII);
        Future<?> unused = later.schedule(() -> answer(exchange, now, body), millis, TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange, int now, byte[] body) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            // A connection that is kept and closed at the moment of its next use would count as an error of the client.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(now, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            System.err.println("a caller went away: " + e.getMessage());
        } finally {
            open.decrementAndGet();
        }
    }
}
