package dev.lintel.traffic.rollout;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Does one thing after the other, in the order in which they came, never two at a time. */
final class Mailbox {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;

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

    private void work() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
