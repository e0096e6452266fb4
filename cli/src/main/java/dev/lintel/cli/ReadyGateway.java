package dev.lintel.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.embedded.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A gateway with probes beside it, which say first that it is not ready and end last. */
final class ReadyGateway implements AutoCloseable {
    private final Gateway gateway;
    private final HttpServer probes;
    private final int drain;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean ready = true;

    private ReadyGateway(Gateway gateway, HttpServer probes, int drain) {
        this.gateway = gateway;
        this.probes = probes;
        this.drain = drain;
    }

    static ReadyGateway start(Gateway gateway, GraphServer.Ports ports) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(ports.address(), ports.probes()), 0);
        ReadyGateway made = new ReadyGateway(gateway, server, ports.drain());
        var unusedReady = server.createContext("/ready", exchange -> answer(exchange, made.ready));
        var unusedLive = server.createContext("/live", exchange -> answer(exchange, true));
        server.start();
        return made;
    }

    private static void answer(HttpExchange exchange, boolean good) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(good ? 200 : 503, -1);
        }
    }

    int port() {
        return probes.getAddress().getPort();
    }

    @Override
    public void close() {
        ready = false;
        try {
            boolean unusedNever = never.await(drain, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
        probes.stop(0);
    }
}
