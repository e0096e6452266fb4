package dev.lintel.graphql.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One operation as server-sent events (graphql-sse, distinct connections): {@code next} with the response, {@code complete}, and
 * signs of life before. When the client goes, what is executed for it is interrupted.
 */
final class EventStream implements Flow.Publisher<ByteBuffer> {
    private static final byte[] BEAT = bytes(":\n\n");
    private static final byte[] COMPLETE = bytes("event: complete\ndata:\n\n");

    private final Callable<byte[]> work;
    private final Executor executor;
    private final Timer timer;
    private final Duration heartbeat;
    private final Semaphore free;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    EventStream(Callable<byte[]> work, Executor executor, Timer timer, Duration heartbeat, Semaphore free) {
        this.work = work;
        this.executor = executor;
        this.timer = timer;
        this.heartbeat = heartbeat;
        this.free = free;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Running running = new Running(subscriber);
        if (!subscribed.compareAndSet(false, true)) {
            subscriber.onSubscribe(running);
            running.fail(new IllegalStateException("an operation is streamed to one subscriber only"));
            return;
        }
        subscriber.onSubscribe(running);
        running.start();
    }

    /** One event; a response has no line breaks, but no event may ever end early. */
    static byte[] next(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 24);
        out.writeBytes(bytes("event: next\ndata: "));
        int from = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                out.write(json, from, i - from);
                out.writeBytes(bytes("\ndata: "));
                from = i + 1;
            }
        }
        out.write(json, from, json.length - from);
        out.writeBytes(bytes("\n\n"));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] busy() {
        return Answers.error(Refused.of(503, "TOO_MANY_STREAMS", "too many operations are streamed: try again later"));
    }

    private final class Running implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final FutureTask<byte[]> task = new FutureTask<>(work) {
            @Override
            protected void done() {
                finished();
            }
        };
        private final Deque<ByteBuffer> ready = new ArrayDeque<>();
        private Runnable beat = () -> {};
        private volatile @Nullable Throwable failure;
        private long demand;
        private boolean delivering;
        private boolean last;
        private boolean over;
        private boolean counted;

        Running(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        void start() {
            synchronized (this) {
                if (over) {
                    return;
                }
                counted = free.tryAcquire();
            }
            if (!counted) {
                end(busy());
                return;
            }
            beatLater();
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                end(busy());
            }
        }

        private synchronized void beatLater() {
            if (!last && !over) {
                beat = timer.after(heartbeat, this::beat);
            }
        }

        private void beat() {
            synchronized (this) {
                // Who takes nothing is not told more often that there is nothing.
                if (!last && !over && ready.isEmpty()) {
                    ready.add(ByteBuffer.wrap(BEAT));
                }
            }
            deliver();
            beatLater();
        }

        private void finished() {
            if (task.isCancelled()) {
                return;
            }
            byte[] json;
            try {
                json = task.get();
            } catch (Exception e) {
                fail(e);
                return;
            }
            end(json);
        }

        private void end(byte[] json) {
            synchronized (this) {
                ready.add(ByteBuffer.wrap(next(json)));
                ready.add(ByteBuffer.wrap(COMPLETE));
                last = true;
                beat.run();
            }
            deliver();
        }

        void fail(Throwable why) {
            synchronized (this) {
                failure = why;
                ready.clear();
                last = true;
                beat.run();
            }
            deliver();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                fail(new IllegalArgumentException("a subscriber must ask for at least one"));
                return;
            }
            synchronized (this) {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            }
            deliver();
        }

        @Override
        public void cancel() {
            boolean unusedFirst = leave();
            boolean unusedRunning = task.cancel(true);
        }

        /** True for whoever ends it first. */
        private synchronized boolean leave() {
            if (over) {
                return false;
            }
            over = true;
            ready.clear();
            beat.run();
            if (counted) {
                free.release();
            }
            return true;
        }

        private void finish() {
            Throwable why = failure;
            if (!leave()) {
                return;
            }
            if (why == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(why);
            }
        }

        /** One thread at a time hands over what is ready, as far as it was asked for. */
        private void deliver() {
            while (true) {
                ByteBuffer one;
                synchronized (this) {
                    if (delivering || over || demand == 0 && !(last && ready.isEmpty())) {
                        return;
                    }
                    one = ready.poll();
                    if (one == null && !last) {
                        return;
                    }
                    if (one != null) {
                        demand--;
                    }
                    delivering = true;
                }
                if (one == null) {
                    finish();
                } else {
                    subscriber.onNext(one);
                }
                synchronized (this) {
                    delivering = false;
                }
            }
        }
    }
}
