package dev.lintel.embedded.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Writes what is published, on the thread that asks for it: one part at a time, each written before the next is asked for. */
final class StreamedBody implements Flow.Subscriber<ByteBuffer> {
    private final OutputStream out;
    private final BlockingQueue<Optional<ByteBuffer>> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failed;

    StreamedBody(OutputStream out) {
        this.out = out;
    }

    void send(Flow.Publisher<ByteBuffer> publisher) throws IOException {
        publisher.subscribe(this);
        try {
            Optional<ByteBuffer> part = parts.take();
            while (part.isPresent()) {
                byte[] bytes = new byte[part.get().remaining()];
                part.get().get(bytes);
                out.write(bytes);
                out.flush();
                more();
                part = parts.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("broken off", e);
        } finally {
            end();
        }
        if (failed != null) {
            throw new IOException("broken off", failed);
        }
        out.close();
    }

    private void more() {
        Flow.Subscription asked = subscription;
        if (asked != null) {
            asked.request(1);
        }
    }

    private void end() {
        Flow.Subscription asked = subscription;
        if (asked != null) {
            asked.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer part) {
        parts.add(Optional.of(part));
    }

    @Override
    public void onError(Throwable e) {
        failed = e;
        parts.add(Optional.empty());
    }

    @Override
    public void onComplete() {
        parts.add(Optional.empty());
    }
}
