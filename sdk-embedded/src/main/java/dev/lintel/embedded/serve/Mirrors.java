package dev.lintel.embedded.serve;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What copies of requests may take of a gateway: so many at once, a few threads of their own for functions, and nothing
 * beyond. Every copy is counted once, as sent or as dropped.
 */
final class Mirrors {
    private static final int MOST = 256;
    private static final int THREADS = 16;

    private final Counters counters;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ThreadPoolExecutor functions = new ThreadPoolExecutor(
            0,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("lintel-mirror", true));

    Mirrors(Counters counters) {
        this.counters = counters;
    }

    /** Whether there is room for one more; if not, it counts as dropped. */
    boolean begin() {
        if (underWay.incrementAndGet() <= MOST) {
            return true;
        }
        underWay.decrementAndGet();
        counters.mirrorDropped();
        return false;
    }

    void sent() {
        counters.mirrored();
    }

    void dropped() {
        counters.mirrorDropped();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** Calls a function that may take as long as it likes; answers false if all threads are taken by such. */
    boolean call(Runnable function) {
        try {
            functions.execute(function);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    void close() {
        functions.shutdownNow();
    }
}
