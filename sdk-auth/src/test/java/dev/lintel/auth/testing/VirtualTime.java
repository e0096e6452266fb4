package dev.lintel.auth.testing;

import dev.lintel.auth.token.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Both clocks and all timers, which only move when they are told to. */
public final class VirtualTime implements InstantSource, Timers {
    private final List<Bell> bells = new ArrayList<>();
    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    // Close to where the clock overflows, as it may be on any machine.
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

    private record Bell(long due, Runnable task) {}

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    public synchronized long nanos() {
        return nanos;
    }

    /** Lets time pass on both clocks; what is due is done on the way, at its time. */
    public void forward(Duration by) {
        long end = nanos() + by.toNanos();
        for (Bell next = due(end); next != null; next = due(end)) {
            move(next.due() - nanos());
            next.task().run();
        }
        move(end - nanos());
    }

    private synchronized Bell due(long end) {
        Bell next = bells.stream()
                .filter(bell -> bell.due() - end <= 0)
                .min(Comparator.comparingLong(bell -> bell.due() - nanos))
                .orElse(null);
        bells.remove(next);
        return next;
    }

    private synchronized void move(long by) {
        if (by > 0) {
            nanos += by;
            wall = wall.plusNanos(by);
        }
    }

    /** Sets the wall clock; also what a machine that slept looks like. */
    public synchronized void wall(Duration by) {
        wall = wall.plus(by);
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Bell bell = new Bell(nanos + delay.toNanos(), task);
        bells.add(bell);
        return () -> callOff(bell);
    }

    private synchronized void callOff(Bell bell) {
        bells.removeIf(one -> one == bell);
    }

    /** How many wait to ring. */
    public synchronized int timers() {
        return bells.size();
    }
}
