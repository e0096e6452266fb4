package dev.lintel.embedded.balance;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How the calls to one version went, over the last hour: to the second for the last minute, to the minute before that.
 * Memory is bounded, about 200 KiB for a version that was busy for an hour, and calls take no lock.
 */
public final class Meter {
    /** The longest time that can be looked back. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Time time;
    private final AtomicReferenceArray<@Nullable Part> seconds = new AtomicReferenceArray<>(61);
    private final AtomicReferenceArray<@Nullable Part> minutes = new AtomicReferenceArray<>(61);

    /** A part of the time and what was counted in it. */
    private record Part(long number, Histogram calls) {}

    /** A meter that has counted nothing. */
    public Meter(Time time) {
        this.time = time;
    }

    /**
     * A call has come to its end.
     *
     * @param error whether it was answered 500 to 599, or not at all
     * @param nanos how long it took; negative if it was refused at once, which says nothing about the time calls take
     */
    public void ended(boolean error, long nanos) {
        long now = time.nanos();
        part(seconds, Math.floorDiv(now, SECOND)).add(error, nanos);
        part(minutes, Math.floorDiv(now, MINUTE)).add(error, nanos);
    }

    private static Histogram part(AtomicReferenceArray<@Nullable Part> parts, long number) {
        int at = (int) Math.floorMod(number, (long) parts.length());
        Part found = parts.get(at);
        if (found != null && found.number >= number) {
            return found.calls;
        }
        Part begun = new Part(number, new Histogram());
        if (parts.compareAndSet(at, found, begun)) {
            return begun.calls;
        }
        Part other = parts.get(at);
        return other == null ? begun.calls : other.calls;
    }

    /**
     * What was counted lately. Calls are kept by seconds, and by minutes for windows over a minute; a second or a minute in
     * the middle of which the window begins is left out, so that nothing from before it is ever told.
     *
     * @param window how far to look back, at most {@link #LONGEST}
     * @return a sum that does not change any more
     */
    public Histogram last(Duration window) {
        boolean recent = window.compareTo(Duration.ofMinutes(1)) <= 0;
        AtomicReferenceArray<@Nullable Part> parts = recent ? seconds : minutes;
        long unit = recent ? SECOND : MINUTE;
        long now = time.nanos();
        long from = -Math.floorDiv(window.toNanos() - now, unit);
        Histogram sum = new Histogram();
        for (int i = 0; i < parts.length(); i++) {
            Part part = parts.get(i);
            if (part != null && part.number >= from && part.number <= Math.floorDiv(now, unit)) {
                sum.add(part.calls);
            }
        }
        return sum;
    }
}
