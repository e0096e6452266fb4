package dev.lintel.mesh.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** How time passes while probes are asked again. */
interface Pace {
    /** The time of this machine. */
    Pace REAL = new Pace() {
        @Override
        public Instant day() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) {
            CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS))
                    .join();
        }

        @Override
        public void together(List<Runnable> tasks) {
            ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, tasks.size())));
            try {
                CompletableFuture.allOf(tasks.stream()
                                .map(task -> CompletableFuture.runAsync(task, threads))
                                .toArray(CompletableFuture<?>[]::new))
                        .join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e;
            } finally {
                threads.shutdown();
            }
        }
    };

    /** So many requests are under way at most. */
    int AT_ONCE = 8;

    /** The time of day, for tokens. */
    Instant day();

    /** Nanoseconds since some moment, which alone says nothing. */
    long nanos();

    /** Comes back when so much time has passed. */
    void pause(Duration time);

    /** Does all of it, some side by side, and comes back when it is done. */
    void together(List<Runnable> tasks);
}
