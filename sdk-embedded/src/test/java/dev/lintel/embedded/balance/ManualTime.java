package dev.lintel.embedded.balance;

import java.time.Duration;

/** Stands still until it is moved. */
final class ManualTime implements Time {
    private long nanos;

    void forward(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Timer after(long delay, Runnable work) {
        throw new UnsupportedOperationException("nothing here waits");
    }
}
