package dev.lintel.embedded.serve;

/** Monotonic time in nanoseconds, counted from the loading of this class so that it can be compared plainly. */
final class Ticks {
    static final long NEVER = Long.MAX_VALUE;
    private static final long ORIGIN = System.nanoTime();

    private Ticks() {}

    static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
