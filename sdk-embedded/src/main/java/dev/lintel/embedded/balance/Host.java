package dev.lintel.embedded.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** What is known about one workload of a version. */
public final class Host {
    final AtomicInteger serverErrors = new AtomicInteger();
    final AtomicInteger gatewayErrors = new AtomicInteger();
    final AtomicInteger localFailures = new AtomicInteger();
    final long seed;
    volatile boolean ejected;
    volatile boolean healthy = true;

    // Written by sweeps and ejections, which hold the detector's lock.
    long ejectedAt;
    long jitter;
    int multiplier;

    private final int index;
    private final Locality locality;
    private final AtomicInteger active = new AtomicInteger();

    /**
     * A workload of which nothing bad is known.
     *
     * @param index its place in the set
     * @param name what tells it apart from the others, the same after a restart
     * @param locality where it runs
     */
    public Host(int index, String name, Locality locality) {
        this.index = index;
        this.seed = Hashes.of(name);
        this.locality = locality;
    }

    /** Its place in the set. */
    public int index() {
        return index;
    }

    Locality locality() {
        return locality;
    }

    /** Whether it was put out for its failures. */
    public boolean ejected() {
        return ejected;
    }

    /** Whether it said that it is well, or was not asked. */
    public boolean healthy() {
        return healthy;
    }

    /** Calls under way. */
    public int active() {
        return active.get();
    }

    /** A call begins. */
    public void begin() {
        active.incrementAndGet();
    }

    /** A call has ended. */
    public void end() {
        active.decrementAndGet();
    }

    boolean isEligible() {
        return healthy && !ejected;
    }
}
