package dev.lintel.auth.client;

import dev.lintel.auth.client.AuthorizedCall.Next;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with {@link HttpClient}, those to some origins with a token. If a resource refuses the token, the request
 * is repeated once with a new one, provided that it has no body or one whose length is known, as those of strings, bytes and
 * files: those can be sent twice. The answer names the request as the caller made it, without the token.
 */
public final class TokenHttpClient {
    private final Tokens tokens;
    private final HttpClient client;
    private final List<WebOrigin> origins;

    TokenHttpClient(Tokens tokens, HttpClient client, List<WebOrigin> origins) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("an HttpClient that follows redirects would carry the token on to other"
                    + " hosts: leave followRedirects at NEVER, but it was " + client.followRedirects());
        }
        this.tokens = tokens;
        this.client = client;
        this.origins = origins;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param request a header {@code Authorization} that it has already stays
     * @param handler what is done with the body
     * @param <T> what that makes of it
     * @return the answer
     * @throws IOException if there is none
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws TokenException if there is no token to be had
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!carries(request)) {
            return client.send(request, handler);
        }
        CompletableFuture<HttpResponse<T>> answer = sendAsync(request, handler);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenException refused) {
                throw new TokenException(refused);
            }
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("The request to " + WebOrigin.of(request.uri()) + " failed", e.getCause());
        }
    }

    /**
     * Sends a request.
     *
     * @param request a header {@code Authorization} that it has already stays
     * @param handler what is done with the body
     * @param <T> what that makes of it
     * @return the answer; fails with {@link IOException} or {@link TokenException}
     */
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        if (!carries(request)) {
            return client.sendAsync(request, handler);
        }
        AuthorizedCall call = new AuthorizedCall(tokens, request.method(), request.uri());
        Exchanges exchanges = new Exchanges();
        CompletableFuture<HttpResponse<T>> answer =
                tokens.get().toCompletableFuture().thenCompose(token -> send(call, request, handler, token, exchanges));
        CompletableFuture<HttpResponse<T>> unused = answer.whenComplete((response, failure) -> {
            if (answer.isCancelled()) {
                exchanges.cancel();
            }
        });
        return answer;
    }

    /** The exchange that is under way: only the future that the client itself gave ends it when it is cancelled. */
    private static final class Exchanges {
        private @Nullable Future<?> current;
        private boolean cancelled;

        synchronized void now(Future<?> exchange) {
            current = exchange;
            if (cancelled) {
                exchange.cancel(true);
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (current != null) {
                current.cancel(true);
            }
        }
    }

    private boolean carries(HttpRequest request) {
        return request.headers().firstValue(TokenInterceptor.AUTHORIZATION).isEmpty()
                && origins.contains(WebOrigin.of(request.uri()));
    }

    private <T> CompletableFuture<HttpResponse<T>> send(
            AuthorizedCall call, HttpRequest request, BodyHandler<T> handler, AccessToken token, Exchanges exchanges) {
        HttpRequest.Builder carrying = HttpRequest.newBuilder(request, (name, value) -> true);
        for (Map.Entry<String, String> header : call.headers(token).entrySet()) {
            carrying.setHeader(header.getKey(), header.getValue());
        }
        boolean repeatable =
                request.bodyPublisher().map(body -> body.contentLength() >= 0).orElse(true);
        HeldBack<T> held = new HeldBack<>(call, repeatable, handler);
        CompletableFuture<HttpResponse<HeldBack.Body<T>>> exchange = client.sendAsync(carrying.build(), held);
        exchanges.now(exchange);
        return exchange.thenCompose(response -> {
            CompletableFuture<AccessToken> again = again(call, held.next());
            return again.thenCompose(
                    next -> held.next() != Next.DELIVER && (held.next() == Next.PROVE || call.isNew(next))
                            ? send(call, request, handler, next, exchanges)
                            : response.body().deliver().thenApply(body -> new Answered<>(request, response, body)));
        });
    }

    /** The token to try again with; the one that was sent if there is no better one, or no reason. */
    private CompletableFuture<AccessToken> again(AuthorizedCall call, Next next) {
        AccessToken sent = call.sent();
        if (sent != null && next != Next.RENEW) {
            return CompletableFuture.completedFuture(sent);
        }
        CompletableFuture<AccessToken> renewed = tokens.get().toCompletableFuture();
        // The answer that refused the old token says more to the caller than why there is no new one.
        return sent == null ? renewed : renewed.exceptionally(failure -> sent);
    }

    @Override
    public String toString() {
        return "requests with the " + tokens;
    }
}
