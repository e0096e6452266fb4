package dev.lintel.benchmarks.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * The process of one origin: answers, or fails on purpose, and writes down each try. Its only orders come by the paths
 * {@code /order/sick} and {@code /order/well}, which the gateway does not expose.
 */
final class Origin {
    private static final long SLOW_MILLIS = 2_500;
    private static final int THREADS = 64;

    private final String name;
    private final PrintStream log;
    private final Random random;
    private volatile boolean sick;

    private Origin(String name, PrintStream log) {
        this.name = name;
        this.log = log;
        this.random = new Random(name.hashCode());
    }

    /** Its name, which begins with its version and a hyphen, and the file that it writes to. */
    public static void main(String[] args) throws IOException {
        PrintStream log = new PrintStream(Files.newOutputStream(Path.of(args[1])), true, StandardCharsets.US_ASCII);
        Origin origin = new Origin(args[0], log);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.createContext("/order/sick", exchange -> origin.order(exchange, true));
        server.createContext("/order/well", exchange -> origin.order(exchange, false));
        server.createContext("/", origin::handle);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        System.out.println("listening on " + server.getAddress().getPort());
    }

    private void order(HttpExchange exchange, boolean given) throws IOException {
        sick = given;
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("x-id");
        Fate fate = fate();
        log.println(new Sighting(name, Long.parseLong(id), fate, Sighting.now(), body.length));
        if (fate == Fate.RESET) {
            // Closing an exchange that has not been answered breaks its connection off.
            exchange.close();
            return;
        }
        if (fate == Fate.SLOW) {
            pause();
        }
        exchange.getResponseHeaders().set("x-served-by", name);
        exchange.sendResponseHeaders(fate == Fate.SLOW ? 200 : fate.seen(), -1);
        exchange.close();
    }

    private Fate fate() {
        if (sick) {
            return Fate.UNAVAILABLE;
        }
        int drawn = random.nextInt(1_000);
        return drawn < 5
                ? Fate.ERROR
                : drawn < 20 ? Fate.UNAVAILABLE : drawn < 25 ? Fate.RESET : drawn < 27 ? Fate.SLOW : Fate.OK;
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
