package dev.lintel.traffic.rollout;

import dev.lintel.core.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The time of a rollout: what it is, and what does something later. */
interface Time {
    Instant now();

    /** Does something later, and answers what calls it off. */
    Runnable after(Duration delay, Runnable task);

    /** Does something as soon as possible, on a thread that may block. */
    void execute(Runnable task);

    /** Time that stands still until it is moved; all is done on the thread that moves it, or that asks for it. */
    static Time virtual(VirtualClock clock) {
        return new Time() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                AtomicBoolean off = new AtomicBoolean();
                CompletableFuture<Void> unused = clock.after(delay).thenRun(() -> {
                    if (!off.get()) {
                        task.run();
                    }
                });
                return () -> off.set(true);
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }
        };
    }

    static Time scheduled(InstantSource clock, ScheduledExecutorService scheduler) {
        return new Time() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                ScheduledFuture<?> due = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> due.cancel(false);
            }

            @Override
            public void execute(Runnable task) {
                scheduler.execute(task);
            }
        };
    }

    /** A thread of its own for a rollout: a daemon that ends when it has been idle for a while. */
    static Time own(String api) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "lintel-rollout-" + api, 0, false);
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduled(InstantSource.system(), scheduler);
    }
}
