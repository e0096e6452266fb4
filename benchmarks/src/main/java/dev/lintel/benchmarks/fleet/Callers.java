package dev.lintel.benchmarks.fleet;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Calls at a steady pace, a bounded number of times, each kept with the version that the model decides for it. */
final class Callers {
    static final int AT_ONCE = 16;

    private static final int CANARIES = 20;
    private static final int BODIES = 10;

    private final HttpClient http;
    private final URI uri;
    private final Evaluator evaluator;
    private final AtomicLong next = new AtomicLong();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    Callers(ProxySelector proxy, URI uri, Evaluator evaluator) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(proxy)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.uri = uri;
        this.evaluator = evaluator;
    }

    /** Calls until so many are done, the nth not before its time. */
    List<Outcome> call(long requests, long perSecond) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        long start = System.nanoTime();
        for (int i = 0; i < AT_ONCE; i++) {
            threads.execute(() -> {
                for (long id = next.getAndIncrement(); id < requests; id = next.getAndIncrement()) {
                    awaitTurn(start + id * TimeUnit.SECONDS.toNanos(1) / perSecond);
                    outcomes.add(one(id));
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the calls did not end");
        }
        return List.copyOf(outcomes);
    }

    private static void awaitTurn(long nanos) {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private Outcome one(long id) {
        int length = id % BODIES == 0 ? (int) (id % 4_000) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/orders/" + id))
                .timeout(Duration.ofSeconds(30))
                .header("x-id", "" + id)
                .header("x-user", "user-" + id);
        RequestValue asked = RequestValue.of(
                        length > 0 ? "PUT" : "GET", uri.resolve("/orders/" + id).toString())
                .header("x-user", "user-" + id);
        if (id % CANARIES == 0) {
            request.header("x-canary", "1");
            asked = asked.header("x-canary", "1");
        }
        request.method(
                length > 0 ? "PUT" : "GET",
                length > 0 ? BodyPublishers.ofByteArray(new byte[length]) : BodyPublishers.noBody());
        long sent = Sighting.now();
        return heard(id, expected(asked), length, sent, request.build());
    }

    private String expected(RequestValue asked) {
        Decision decision = evaluator.decide(asked, Draw.RANDOM);
        return decision instanceof Decision.Forward forward ? String.valueOf(forward.version()) : decision.toString();
    }

    private Outcome heard(long id, String expected, int length, long sent, HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            String servedBy = answer.headers().firstValue("x-served-by").orElse("");
            boolean overloaded =
                    answer.headers().firstValue("x-envoy-overloaded").isPresent();
            return new Outcome(id, expected, length, answer.statusCode(), servedBy, overloaded, answer.body(), sent);
        } catch (IOException e) {
            return new Outcome(id, expected, length, 0, "", false, e.toString(), sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
