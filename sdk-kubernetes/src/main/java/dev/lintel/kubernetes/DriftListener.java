package dev.lintel.kubernetes;

/** Whom a {@link DriftWatcher} tells, one thing at a time, on the executor that it was given. */
@FunctionalInterface
public interface DriftListener {
    /**
     * Drift has appeared, has changed, or is gone.
     *
     * @param report what is new
     */
    void drifted(DriftReport report);

    /**
     * Nobody can tell at the moment whether something drifts; it is tried again, later and later, at least every minute.
     *
     * @param why for example a {@link UnreachableException}, or a {@link RefusedException} for want of the verb watch
     */
    default void blind(RuntimeException why) {}
}
