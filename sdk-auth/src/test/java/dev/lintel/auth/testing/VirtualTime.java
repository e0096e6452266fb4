package dev.lintel.auth.testing;

import dev.lintel.auth.token.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Both clocks and all timers, which only move when they are told to. */
public final class VirtualTime implements InstantSource, Timers {
    private final NavigableMap<Due, Runnable> bells = new TreeMap<>();
    // Close to where the clock overflows, as it may be on any machine.
    private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private long elapsed;
    private long rung;

    /** When a bell rings; of those at one time, the older one first. */
    private record Due(long elapsed, long number) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int first = Long.compare(elapsed, other.elapsed);
            return first != 0 ? first : Long.compare(number, other.number);
        }
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    public synchronized long nanos() {
        return BEGIN + elapsed;
    }

    /** Lets time pass on both clocks; what is due is done on the way, at its time. */
    public void forward(Duration by) {
        long end;
        synchronized (this) {
            end = elapsed + by.toNanos();
        }
        for (Runnable next = next(end); next != null; next = next(end)) {
            next.run();
        }
    }

    private synchronized Runnable next(long end) {
        boolean rings = !bells.isEmpty() && bells.firstKey().elapsed() <= end;
        long by = (rings ? bells.firstKey().elapsed() : end) - elapsed;
        if (by > 0) {
            elapsed += by;
            wall = wall.plusNanos(by);
        }
        return rings ? bells.pollFirstEntry().getValue() : null;
    }

    /** Sets the wall clock; also what a machine that slept looks like. */
    public synchronized void wall(Duration by) {
        wall = wall.plus(by);
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due due = new Due(elapsed + delay.toNanos(), rung++);
        bells.put(due, task);
        return () -> callOff(due);
    }

    private synchronized void callOff(Due due) {
        bells.remove(due);
    }

    /** How many wait to ring. */
    public synchronized int timers() {
        return bells.size();
    }
}
