package dev.lintel.traffic.rollout;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Does one thing after the other, in the order in which they came, never two at a time. */
final class Mailbox {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;
    private volatile @Nullable Thread worker;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    void post(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            try {
                executor.execute(this::work);
            } catch (RejectedExecutionException e) {
                // Somebody shut the scheduler down: what was asked for is done by who asks.
                work();
            }
        }
    }

    /** Whether it is a task of this mailbox that asks. */
    boolean isInside() {
        return Thread.currentThread().equals(worker);
    }

    private void work() {
        do {
            worker = Thread.currentThread();
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
            worker = null;
        } while (waiting.decrementAndGet() > 0);
    }
}
