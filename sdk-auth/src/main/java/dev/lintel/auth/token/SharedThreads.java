package dev.lintel.auth.token;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of those who bring none: daemons, which end when they have been idle for ten seconds, so that nobody has to
 * close them. They begin clean: what the first caller had in its inheritable thread-locals is not theirs.
 */
final class SharedThreads {
    private static final long IDLE_SECONDS = 10;

    /** Blocks for as long as token endpoints take; a thread for each request that is on its way. */
    static final Executor EXECUTOR = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "lintel-token"));

    /** Rings for those who wait too long. */
    static final Timers TIMERS = timers();

    private SharedThreads() {}

    private static Timers timers() {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(2, task -> daemon(task, "lintel-token-timer"));
        // Nearly all are called off; without this their tasks would stay until they are due.
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return (Duration delay, Runnable task) -> {
            ScheduledFuture<?> due = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setContextClassLoader(SharedThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
