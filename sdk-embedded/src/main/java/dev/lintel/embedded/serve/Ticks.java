package dev.lintel.embedded.serve;

/** Monotonic time in nanoseconds, counted from the loading of this class so that it can be compared plainly. */
public final class Ticks {
    /** Later than everything. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long ORIGIN = System.nanoTime();

    private Ticks() {}

    /** The present. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
