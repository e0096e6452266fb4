package dev.lintel.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is moved, for tests that must not wait. It shows two times, as a machine does: the
 * time of day, and a time that only ever runs forward. Safe for use by many threads.
 */
public final class VirtualClock implements InstantSource {
    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>(Comparator.comparingLong(Waiter::due).thenComparingLong(Waiter::number));
    private Instant now;
    private long nanos;
    private long asked;

    private record Waiter(long due, long number, CompletableFuture<@Nullable Void> future) {}

    private VirtualClock(Instant now) {
        this.now = now;
    }

    /**
     * A clock that shows a time.
     *
     * @param start the time of day; the other time begins at zero
     * @return the clock
     */
    public static VirtualClock of(Instant start) {
        return new VirtualClock(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * The time that only runs forward, to be used in place of {@link System#nanoTime}.
     *
     * @return nanoseconds since the clock was made, by {@link #forward} alone
     */
    public synchronized long nanoTime() {
        return nanos;
    }

    /**
     * Lets time pass: both times move, and who waits for a moment that has come goes on, on this thread, the earliest
     * first.
     *
     * @param by not negative
     */
    public void forward(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException(
                    "time passes forward only, but was given " + by + "; to set the time of day back say at(instant)");
        }
        List<Waiter> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(by);
            nanos = Math.addExact(nanos, by.toNanos());
            for (Waiter first = waiters.peek(); first != null && first.due() <= nanos; first = waiters.peek()) {
                waiters.remove();
                due.add(first);
            }
        }
        due.forEach(waiter -> waiter.future().complete(null));
    }

    /**
     * Sets the time of day, as somebody does who corrects a machine's clock. The other time stands still.
     *
     * @param time earlier or later than it was
     */
    public synchronized void at(Instant time) {
        now = time;
    }

    /**
     * Waits without a thread.
     *
     * @param delay from now on; zero or less has passed already
     * @return completes on the thread that lets this much time pass
     */
    public synchronized CompletableFuture<@Nullable Void> after(Duration delay) {
        CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
        if (delay.isNegative() || delay.isZero()) {
            future.complete(null);
        } else {
            waiters.add(new Waiter(Math.addExact(nanos, delay.toNanos()), asked++, future));
        }
        return future;
    }

    /** What time of day it is. */
    @Override
    public String toString() {
        return "virtual clock at " + instant();
    }
}
