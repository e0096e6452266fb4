package dev.lintel.embedded.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** How many of something there are at once; exact, however many threads ask. */
public final class Limit {
    private final int most;
    private final AtomicInteger now = new AtomicInteger();

    Limit(int most) {
        this.most = most;
    }

    /** Takes one, if that is not one too many. */
    public boolean tryAcquire() {
        return tryAcquire(most);
    }

    boolean tryAcquire(int limit) {
        while (true) {
            int taken = now.get();
            if (taken >= limit) {
                return false;
            }
            if (now.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Takes one in any case. */
    public void acquire() {
        now.incrementAndGet();
    }

    /** Gives one back. */
    public void release() {
        now.decrementAndGet();
    }

    /** How many there are now. */
    public int now() {
        return now.get();
    }
}
