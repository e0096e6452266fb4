package dev.lintel.embedded.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that streams, gathered until it is whole. */
final class Gathered implements Flow.Subscriber<ByteBuffer> {
    private static final int MOST = 16 << 20;

    private final CompletableFuture<ByteBuffer> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    private Gathered() {}

    /** Blocks until the stream has ended. */
    static ByteBuffer of(Flow.Publisher<ByteBuffer> stream) throws IOException, InterruptedException {
        Gathered gathered = new Gathered();
        stream.subscribe(gathered);
        try {
            return gathered.whole.get();
        } catch (ExecutionException e) {
            throw new IOException("the front broke off its answer", e.getCause());
        } finally {
            gathered.cancel();
        }
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (bytes.size() > MOST) {
            boolean unused =
                    whole.completeExceptionally(new IOException("an answer is longer than " + MOST + " bytes"));
            cancel();
        }
    }

    private synchronized void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        boolean unused = whole.completeExceptionally(failure);
    }

    @Override
    public synchronized void onComplete() {
        boolean unused = whole.complete(ByteBuffer.wrap(bytes.toByteArray()));
    }
}
