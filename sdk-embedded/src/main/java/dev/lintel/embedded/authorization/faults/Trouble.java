package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.chaos.Disturbance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A disturbance that counts whom it met. */
abstract class Trouble implements Disturbance {
    private final String what;
    private int hits;

    Trouble(String what) {
        this.what = what;
    }

    /** In words, for example {@code status 503}. */
    String what() {
        return what;
    }

    /** Answers how many there are now. */
    synchronized int met() {
        hits++;
        notifyAll();
        return hits;
    }

    @Override
    public synchronized int hits() {
        return hits;
    }

    @Override
    public synchronized void await(int wanted, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); hits < wanted && left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (hits < wanted) {
            throw new AssertionError(this + " was to meet " + wanted + " within " + patience + ", but met " + hits);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
