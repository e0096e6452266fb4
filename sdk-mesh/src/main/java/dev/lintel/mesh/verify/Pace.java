package dev.lintel.mesh.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
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
    };

    /** The time of day, for tokens. */
    Instant day();

    /** Nanoseconds since some moment, which alone says nothing. */
    long nanos();

    /** Comes back when so much time has passed. */
    void pause(Duration time);
}
