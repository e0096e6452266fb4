package dev.lintel.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends plain documents by the client that the user has set up, with its address, certificates and tokens, and its patience
 * with an apiserver that is busy.
 */
final class Transport {
    /** An apiserver takes 400 at once by default, and not from one client alone. */
    private static final int AT_ONCE = 32;

    private final HttpClient http;
    private final String server;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Patience patience;
    private final Pauses pauses;

    Transport(KubernetesClient client) {
        this(client, Pauses.REAL);
    }

    Transport(KubernetesClient client, Pauses pauses) {
        this.pauses = pauses;
        this.patience = Patience.of(client.getConfiguration());
        // The client would send again by its own clock, and whatever it was, also what may have happened already.
        RequestConfig once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        this.http = client.getHttpClient().newBuilder().tag(once).build();
        String url = client.getConfiguration().getMasterUrl();
        this.server = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * One request.
     *
     * @param method for example {@code PATCH}
     * @param path with its query
     * @param type the media type of the document; null if there is none
     * @param document what is sent; null if there is none
     */
    record Call(
            String method,
            String path,
            @Nullable String type,
            @Nullable String document) {
        static Call get(String path) {
            return new Call("GET", path, null, null);
        }

        /** Without the document, which may hold a secret. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * What the apiserver answered.
     *
     * @param status the HTTP status
     * @param body JSON as a rule
     */
    record Reply(int status, String body) {
        private static final int OK = 200;
        private static final int MULTIPLE_CHOICES = 300;

        /** Without the body, which may hold a secret. */
        @Override
        public String toString() {
            return "answer " + status;
        }

        boolean succeeded() {
            return status >= OK && status < MULTIPLE_CHOICES;
        }
    }

    /**
     * Sends one.
     *
     * @throws UnreachableException if there is no answer
     */
    Reply send(Call call) {
        return sendAll(List.of(call)).get(0);
    }

    /**
     * Sends all side by side, so many at once, and waits for every answer. After one that has none nothing more is begun, and
     * after one that is of no use to the end of its patience nothing more is sent again.
     *
     * @return the answers in the order of the calls
     * @throws UnreachableException if one has no answer
     */
    List<Reply> sendAll(List<Call> calls) {
        List<CompletableFuture<Reply>> sent = new ArrayList<>(calls.size());
        AtomicBoolean failed = new AtomicBoolean();
        AtomicBoolean impatient = new AtomicBoolean();
        for (Call call : calls) {
            room.acquireUninterruptibly();
            if (failed.get()) {
                room.release();
                break;
            }
            sent.add(attempt(call, 0, impatient).whenComplete((reply, failure) -> {
                failed.compareAndSet(false, failure != null);
                room.release();
            }));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null)
                .join();
        List<Reply> replies = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            try {
                replies.add(sent.get(i).join());
            } catch (CompletionException e) {
                throw new UnreachableException(
                        calls.get(i).method() + " " + calls.get(i).path(), server, e.getCause());
            }
        }
        return replies;
    }

    private CompletableFuture<Reply> attempt(Call call, int tried, AtomicBoolean impatient) {
        return once(call)
                .handle(Outcome::new)
                .thenCompose(outcome -> next(call, tried, impatient, outcome.response(), outcome.failure()));
    }

    /** One of both. */
    private record Outcome(
            @Nullable HttpResponse<byte[]> response,
            @Nullable Throwable failure) {}

    private CompletableFuture<Reply> next(
            Call call,
            int tried,
            AtomicBoolean impatient,
            @Nullable HttpResponse<byte[]> response,
            @Nullable Throwable failure) {
        Optional<Duration> pause = pause(call, tried, response, failure);
        if (pause.isPresent() && !impatient.get()) {
            return pauses.pause(pause.get()).thenCompose(passed -> attempt(call, tried + 1, impatient));
        }
        // Not even the last time it was of use.
        impatient.compareAndSet(
                false, tried > 0 && pause(call, 0, response, failure).isPresent());
        if (response == null) {
            return CompletableFuture.failedFuture(failure == null ? new IllegalStateException() : cause(failure));
        }
        try {
            return CompletableFuture.completedFuture(new Reply(response.code(), Packed.text(response.body())));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Optional<Duration> pause(
            Call call, int tried, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (failure != null) {
            return patience.afterSilence(call, tried, cause(failure));
        }
        return response == null
                ? Optional.empty()
                : patience.afterAnswer(call, tried, response.code(), response.header("Retry-After"));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CompletableFuture<HttpResponse<byte[]>> once(Call call) {
        try {
            HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server + call.path());
            request.method(call.method(), call.type(), call.document());
            if (call.method().equals("GET")) {
                // A thousand objects say much the same: packed they are a tenth, and so is what is encrypted.
                request.setHeader("Accept-Encoding", Packed.NAME);
            }
            return http.sendAsync(request.build(), byte[].class);
        } catch (RuntimeException e) {
            // What stands in front of the client, as an interceptor of the user, may throw at once.
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Begins to read an answer that goes on and on. It is not sent again, and has no end by itself.
     *
     * @param path with its query
     * @param accept the media type that is asked for
     * @param pieces takes what comes, and asks for more
     */
    CompletableFuture<HttpResponse<AsyncBody>> stream(
            String path, String accept, AsyncBody.Consumer<List<ByteBuffer>> pieces) {
        try {
            HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server + path);
            request.setHeader("Accept", accept);
            return http.consumeBytes(request.forStreaming().build(), pieces);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
