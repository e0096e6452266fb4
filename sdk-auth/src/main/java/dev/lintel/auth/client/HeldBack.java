package dev.lintel.auth.client;

import dev.lintel.auth.client.AuthorizedCall.Next;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives an answer's body to the caller's handler, unless the request is repeated: then the handler, which may write files,
 * never hears of it. A body that is too long to be kept goes to the handler at once, and the request is not repeated.
 */
final class HeldBack<T> implements BodyHandler<HeldBack.Body<T>> {
    private final AuthorizedCall call;
    private final boolean repeatable;
    private final BodyHandler<T> handler;
    private volatile Next next = Next.DELIVER;

    HeldBack(AuthorizedCall call, boolean repeatable, BodyHandler<T> handler) {
        this.call = call;
        this.repeatable = repeatable;
        this.handler = handler;
    }

    /** A body that may still have to be given to the caller's handler. */
    @FunctionalInterface
    interface Body<T> {
        CompletionStage<T> deliver();
    }

    /** What is done next; known when the answer is there. */
    Next next() {
        return next;
    }

    @Override
    public BodySubscriber<Body<T>> apply(ResponseInfo info) {
        next = call.look(
                info.statusCode(),
                info.headers().allValues("WWW-Authenticate"),
                info.headers().allValues("DPoP-Nonce"),
                repeatable);
        if (next == Next.DELIVER) {
            return BodySubscribers.mapping(handler.apply(info), body -> () -> CompletableFuture.completedStage(body));
        }
        return new Keeping(info);
    }

    /** Keeps the body until it is known what becomes of it. */
    private final class Keeping implements BodySubscriber<Body<T>> {
        private final ResponseInfo info;
        private final CompletableFuture<Body<T>> done = new CompletableFuture<>();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private @Nullable Subscription subscription;
        private @Nullable BodySubscriber<T> passing;

        Keeping(ResponseInfo info) {
            this.info = info;
        }

        @Override
        public CompletionStage<Body<T>> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Subscription to) {
            subscription = to;
            to.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> more) {
            if (passing != null) {
                passing.onNext(more);
                return;
            }
            more.forEach(buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                kept.writeBytes(bytes);
            });
            Subscription source = subscription;
            if (source == null) {
                return;
            }
            if (kept.size() <= TokenInterceptor.MOST_BYTES) {
                source.request(1);
                return;
            }
            next = Next.DELIVER;
            BodySubscriber<T> downstream = handler.apply(info);
            passing = downstream;
            Body<T> body = downstream::getBody;
            done.complete(body);
            downstream.onSubscribe(new AfterFirst(source, () -> downstream.onNext(bytes())));
        }

        @Override
        public void onError(Throwable failure) {
            if (passing != null) {
                passing.onError(failure);
            }
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (passing != null) {
                passing.onComplete();
                return;
            }
            done.complete(() -> {
                BodySubscriber<T> downstream = handler.apply(info);
                downstream.onSubscribe(new AfterFirst(null, () -> {
                    downstream.onNext(bytes());
                    downstream.onComplete();
                }));
                return downstream.getBody();
            });
        }

        private List<ByteBuffer> bytes() {
            return List.of(ByteBuffer.wrap(kept.toByteArray()).asReadOnlyBuffer());
        }
    }

    /** Gives what was kept at the first request, and asks the source for all that is beyond. */
    private static final class AfterFirst implements Subscription {
        private final @Nullable Subscription source;
        private final Runnable first;
        private final AtomicBoolean given = new AtomicBoolean();

        AfterFirst(@Nullable Subscription source, Runnable first) {
            this.source = source;
            this.first = first;
        }

        @Override
        public void request(long count) {
            long more = count;
            if (given.compareAndSet(false, true)) {
                first.run();
                more = count == Long.MAX_VALUE ? count : count - 1;
            }
            if (source != null && more > 0) {
                source.request(more);
            }
        }

        @Override
        public void cancel() {
            if (source != null) {
                source.cancel();
            }
        }
    }
}
