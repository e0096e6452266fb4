package dev.lintel.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Eight callers that send requests at the same time and count what comes back. */
final class Callers implements AutoCloseable {
    private static final int THREADS = 8;

    private final HttpClient http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Tally tally;

    Callers(HttpClient http, Tally tally) {
        this.http = http;
        this.tally = tally;
    }

    /** Sends the same request many times; returns when all answers are there. */
    void send(String name, int times, URI uri, UnaryOperator<HttpRequest.Builder> authorize) throws IOException {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            calls.add(() -> send(name, uri, authorize));
        }
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
    }

    private int send(String name, URI uri, UnaryOperator<HttpRequest.Builder> authorize)
            throws IOException, InterruptedException {
        HttpRequest request = authorize.apply(HttpRequest.newBuilder(uri)).build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        tally.count(name, Integer.toString(status));
        return status;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
