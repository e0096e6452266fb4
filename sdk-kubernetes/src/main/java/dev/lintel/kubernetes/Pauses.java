package dev.lintel.kubernetes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** How time passes for whoever waits. The time of day is not asked for: neither ours nor the cluster's. */
interface Pauses {
    /** The time of this machine. */
    Pauses REAL = new Pauses() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public CompletableFuture<Void> pause(Duration time) {
            return CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
        }
    };

    /** Nanoseconds since some moment, which alone says nothing. */
    long nanos();

    /** Ends when so much time has passed. */
    CompletableFuture<Void> pause(Duration time);

    /**
     * Waits in this thread.
     *
     * @return whether it was not interrupted; if it was, it stays so
     */
    default boolean isPassed(Duration time) {
        try {
            Object unusedNothing = pause(time).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return !Thread.currentThread().isInterrupted();
    }
}
