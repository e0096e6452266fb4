package dev.lintel.examples;

import dev.lintel.embedded.GatewayStats;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Eight callers that send requests at the same time and count what comes back. */
final class Callers implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int LONGER = 25;

    private final HttpClient http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Supplier<GatewayStats> stats;
    private final Tally tally;

    Callers(HttpClient http, Supplier<GatewayStats> stats, Tally tally) {
        this.http = http;
        this.stats = stats;
        this.tally = tally;
    }

    /** Sends the same request many times; returns when all answers are there. */
    void send(String name, int times, URI uri, UnaryOperator<HttpRequest.Builder> authorize) throws IOException {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            calls.add(() -> send(name, uri, authorize));
        }
        Map<String, Long> before = stats.get().calls();
        try {
            for (Future<Integer> call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("'" + name + "' could not be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("'" + name + "' was interrupted", e);
        }
        countVersions(name, before);
    }

    /** A foreign service does not say which version it is, but the gateway knows whom it asked. */
    private void countVersions(String name, Map<String, Long> before) {
        stats.get()
                .calls()
                .forEach((workload, calls) -> tally.version(
                        name,
                        workload.substring(workload.indexOf(' ') + 1),
                        calls - before.getOrDefault(workload, 0L)));
    }

    /** Sends the same request again and again until something is done, and a little longer. */
    void sendWhile(String name, URI uri, UnaryOperator<HttpRequest.Builder> authorize, Runnable action)
            throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch flowing = new CountDownLatch(THREADS);
        Map<String, Long> before = stats.get().calls();
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(threads.submit(() -> {
                for (int left = LONGER; left > 0; left -= done.get() ? 1 : 0) {
                    send(name, uri, authorize);
                    flowing.countDown();
                }
                return null;
            }));
        }
        try {
            flowing.await();
            action.run();
            done.set(true);
            for (Future<?> call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("'" + name + "' could not be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("'" + name + "' was interrupted", e);
        } finally {
            done.set(true);
        }
        countVersions(name, before);
    }

    private int send(String name, URI uri, UnaryOperator<HttpRequest.Builder> authorize)
            throws IOException, InterruptedException {
        HttpRequest request = authorize.apply(HttpRequest.newBuilder(uri)).build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        tally.status(name, status);
        return status;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
