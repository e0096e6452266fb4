package dev.lintel.examples.rollout;

import dev.lintel.embedded.Gateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Callers of orders, who know nothing of what happens behind it. */
final class Traffic implements AutoCloseable {
    private final ExecutorService threads;
    private final HttpClient http;
    private final HttpRequest order;
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean over;

    private Traffic(Gateway gateway, int callers) {
        this.threads = Executors.newFixedThreadPool(callers);
        this.http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        this.order = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"))
                .build();
    }

    /** Starts so many callers, each of whom pauses between two calls. */
    static Traffic start(Gateway gateway, int callers, Duration pause) {
        gateway.apply(gateway.plan(LiveRollout.orders()));
        Traffic traffic = new Traffic(gateway, callers);
        for (int i = 0; i < callers; i++) {
            traffic.threads.execute(() -> traffic.goOn(pause));
        }
        return traffic;
    }

    private void goOn(Duration pause) {
        try {
            while (!over) {
                var unused = http.send(order, BodyHandlers.discarding());
                calls.incrementAndGet();
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (IOException e) {
            if (!over) {
                throw new IllegalStateException("the gateway does not answer", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
