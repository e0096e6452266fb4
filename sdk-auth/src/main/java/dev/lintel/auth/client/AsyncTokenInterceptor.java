package dev.lintel.auth.client;

import dev.lintel.auth.client.AuthorizedCall.Next;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.support.BasicRequestBuilder;
import org.jspecify.annotations.Nullable;

/** What {@link TokenInterceptor} does, for the asynchronous client; no thread waits for a token. */
final class AsyncTokenInterceptor implements AsyncExecChainHandler {
    private final Tokens tokens;
    private final List<WebOrigin> origins;

    AsyncTokenInterceptor(Tokens tokens, List<WebOrigin> origins) {
        this.tokens = tokens;
        this.origins = origins;
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        HttpHost target = scope.route.getTargetHost();
        if (!TokenInterceptor.carries(origins, target) || request.containsHeader(TokenInterceptor.AUTHORIZATION)) {
            chain.proceed(request, body, scope, callback);
            return;
        }
        AuthorizedCall call = new AuthorizedCall(tokens, request.getMethod(), TokenInterceptor.uri(request, target));
        new Exchange(tokens, call, request, body, scope, chain, callback).begin();
    }

    /** One request, with all its repetitions. */
    private record Exchange(
            Tokens tokens,
            AuthorizedCall call,
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback) {
        void begin() {
            CompletableFuture<AccessToken> token = tokens.get().toCompletableFuture();
            scope.cancellableDependency.setDependency(() -> token.cancel(false));
            CompletableFuture<AccessToken> unused = token.whenComplete((got, failure) -> {
                if (got != null) {
                    send(got);
                } else {
                    callback.failed(failed(failure));
                }
            });
        }

        private static Exception failed(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof TokenException refused
                    ? TokenInterceptor.refused(refused)
                    : new HttpException("The request was given up while it waited for a token");
        }

        private void send(AccessToken token) {
            try {
                HttpRequest carrying = BasicRequestBuilder.copy(request).build();
                call.headers(token).forEach(carrying::setHeader);
                chain.proceed(carrying, body, scope, new Answer(this));
            } catch (TokenException e) {
                callback.failed(TokenInterceptor.refused(e));
            } catch (HttpException | IOException | RuntimeException e) {
                callback.failed(e);
            }
        }

        private void sendAgain(AccessToken token) {
            if (body != null) {
                body.releaseResources();
            }
            send(token);
        }
    }

    /** What comes back for one attempt. */
    private static final class Answer implements AsyncExecCallback {
        private final Exchange exchange;
        private Next next = Next.DELIVER;
        private @Nullable HeldBackEntity held;

        Answer(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails details)
                throws HttpException, IOException {
            boolean repeatable = exchange.body() == null || exchange.body().isRepeatable();
            next = TokenInterceptor.look(exchange.call(), response, repeatable);
            if (next == Next.DELIVER) {
                return exchange.callback().handleResponse(response, details);
            }
            held = new HeldBackEntity(response, details, exchange.callback());
            return details == null ? null : held;
        }

        @Override
        public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
            exchange.callback().handleInformationResponse(response);
        }

        @Override
        public void completed() {
            HeldBackEntity kept = held;
            AccessToken sent = exchange.call().sent();
            if (kept == null || kept.delivered() || sent == null) {
                exchange.callback().completed();
            } else if (next == Next.PROVE) {
                exchange.sendAgain(sent);
            } else {
                CompletableFuture<AccessToken> token = exchange.tokens().get().toCompletableFuture();
                exchange.scope().cancellableDependency.setDependency(() -> token.cancel(false));
                CompletableFuture<AccessToken> unused = token.whenComplete((got, failure) -> {
                    if (got != null && exchange.call().isNew(got)) {
                        exchange.sendAgain(got);
                    } else {
                        kept.deliver();
                    }
                });
            }
        }

        @Override
        public void failed(Exception cause) {
            exchange.callback().failed(cause);
        }
    }
}
