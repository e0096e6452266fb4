package dev.lintel.embedded.serve;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.balance.Time;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time of sweeps and health checks: the machine's, or one that a test moves. */
final class Clocks {
    private Clocks() {}

    /** The machine's, with work done on the given loops. */
    static Time running(EventLoopGroup loops) {
        return new Time() {
            @Override
            public long nanos() {
                return Ticks.now();
            }

            @Override
            public Timer after(long nanos, Runnable work) {
                try {
                    Future<?> task = loops.next().schedule(work, nanos, TimeUnit.NANOSECONDS);
                    return () -> task.cancel(false);
                } catch (RejectedExecutionException e) {
                    return Timer.NONE;
                }
            }
        };
    }

    /** One that a test moves. */
    static Time moved(VirtualClock clock) {
        return new Time() {
            @Override
            public long nanos() {
                return clock.nanoTime();
            }

            @Override
            public Timer after(long nanos, Runnable work) {
                CompletableFuture<@Nullable Void> due = clock.after(Duration.ofNanos(nanos));
                CompletableFuture<Void> done = due.thenRun(work);
                return () -> done.cancel(false);
            }
        };
    }
}
