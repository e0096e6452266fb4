package dev.lintel.embedded.serve;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on an answer that streams, part by part, as the client takes them. Told on any thread, it works on the event loop. */
final class Streaming implements Flow.Subscriber<ByteBuffer> {
    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    /** Hears how it ended. */
    @FunctionalInterface
    interface Ended {
        void ended(boolean error);
    }

    private final Exchange exchange;
    private final Ended ended;
    private Flow.@Nullable Subscription subscription;
    private boolean waiting;
    private boolean over;

    Streaming(Exchange exchange, Ended ended) {
        this.exchange = exchange;
        this.ended = ended;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        exchange.front().later(() -> {
            if (over) {
                given.cancel();
            } else {
                subscription = given;
                given.request(1);
            }
        });
    }

    @Override
    public void onNext(ByteBuffer part) {
        exchange.front().later(() -> send(part));
    }

    private void send(ByteBuffer part) {
        if (over || subscription == null) {
            return;
        }
        exchange.proceed(new DefaultHttpContent(Unpooled.wrappedBuffer(part)));
        exchange.flushAnswer();
        if (exchange.front().isWritable()) {
            subscription.request(1);
        } else {
            waiting = true;
        }
    }

    void clientWritable(boolean writable) {
        if (writable && waiting && subscription != null) {
            waiting = false;
            subscription.request(1);
        }
    }

    @Override
    public void onComplete() {
        exchange.front().later(() -> {
            if (!over) {
                over = true;
                ended.ended(false);
                exchange.proceed(LastHttpContent.EMPTY_LAST_CONTENT);
                exchange.end();
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        exchange.front().later(() -> {
            if (!over) {
                LOG.warn("an answer broke off while it was streamed", failure);
                over = true;
                ended.ended(true);
                exchange.giveUp(500, "the function failed");
            }
        });
    }

    /** Nobody waits for the rest. */
    void cancel() {
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
