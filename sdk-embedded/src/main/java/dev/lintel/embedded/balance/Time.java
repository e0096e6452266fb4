package dev.lintel.embedded.balance;

/** Time that runs forward only, and work for later. */
public interface Time {
    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Does something later, on any thread; it must be short.
     *
     * @param nanos from now on
     * @return stops it if it has not begun
     */
    Timer after(long nanos, Runnable work);

    /** Something that will be done. */
    @FunctionalInterface
    interface Timer {
        /** Nothing will be done. */
        Timer NONE = () -> {};

        /** Stops it; nothing happens if it has been done or is being done. */
        void cancel();
    }
}
