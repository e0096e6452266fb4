package dev.lintel.embedded.serve;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that moves with every request. Moving it later costs a field: the task that is scheduled already fires,
 * finds the deadline moved, and schedules itself again.
 */
public final class Alarm implements Runnable {
    private final EventLoop loop;
    private final Runnable action;
    private long deadline = Ticks.NEVER;
    private long firing = Ticks.NEVER;
    private @Nullable Future<?> task;

    /** An alarm that is not set. */
    public Alarm(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Sets it, in place of what it was set to. */
    public void at(long ticks) {
        deadline = ticks;
        if (ticks < firing) {
            schedule();
        }
    }

    /** Sets it to never. */
    public void cancel() {
        deadline = Ticks.NEVER;
        firing = Ticks.NEVER;
        if (task != null) {
            task.cancel(false);
        }
    }

    private void schedule() {
        if (task != null) {
            task.cancel(false);
        }
        firing = deadline;
        task = loop.schedule(this, Math.max(0, deadline - Ticks.now()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        firing = Ticks.NEVER;
        task = null;
        if (deadline == Ticks.NEVER) {
            return;
        }
        if (Ticks.now() >= deadline) {
            deadline = Ticks.NEVER;
            action.run();
        } else {
            schedule();
        }
    }
}
