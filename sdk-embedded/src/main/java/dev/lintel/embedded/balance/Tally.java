package dev.lintel.embedded.balance;

import java.util.concurrent.atomic.LongAdder;

/** What happened so far to all versions together. */
public final class Tally {
    private final LongAdder ejections = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final LongAdder checks = new LongAdder();

    void ejected() {
        ejections.increment();
    }

    void overflowed() {
        overflows.increment();
    }

    /** A workload was asked whether it is well, and has answered or failed to. */
    public void checked() {
        checks.increment();
    }

    /** How often a workload was put out. */
    public long ejections() {
        return ejections.sum();
    }

    /** How many calls were refused for a limit. */
    public long overflows() {
        return overflows.sum();
    }

    /** How often a workload was asked whether it is well. */
    public long checks() {
        return checks.sum();
    }

    /** Forgets what was counted. */
    public void reset() {
        ejections.reset();
        overflows.reset();
        checks.reset();
    }
}
