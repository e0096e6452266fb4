package dev.lintel.testbed;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks again and again until something holds: the control plane tells nobody when it is ready. */
public final class Waiting {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(30);

    private Waiting() {}

    /**
     * Waits, two minutes at most.
     *
     * @param what is waited for
     * @param process it is waited for as long as this one runs
     * @param holds asked again and again; a connection that fails is a no
     * @throws IllegalStateException with the end of the log, if it comes to nothing
     */
    public static void until(String what, Spawned process, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE;
        while (!answered(holds)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        process.name() + " has ended while " + what + " was waited for:\n" + process.tail());
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("timed out waiting for " + what + ":\n" + process.tail());
            }
            LockSupport.parkNanos(POLL);
        }
    }

    private static boolean answered(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
