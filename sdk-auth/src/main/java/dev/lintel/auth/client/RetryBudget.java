package dev.lintel.auth.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls may be repeated: one for each ten, over all that a client sends, with ten in hand at the beginning and at
 * most a hundred saved up. A resource that refuses every token thus costs neither it nor the token endpoint twice the load.
 */
final class RetryBudget {
    private static final int PRICE = 10;
    private static final int FIRST = 10 * PRICE;
    private static final int MOST = 100 * PRICE;

    private final AtomicInteger balance = new AtomicInteger(FIRST);

    /** Counts a call. */
    void call() {
        if (balance.get() < MOST) {
            balance.incrementAndGet();
        }
    }

    /** Takes one repetition, if there is one left. */
    boolean take() {
        int before = balance.get();
        while (before >= PRICE) {
            if (balance.compareAndSet(before, before - PRICE)) {
                return true;
            }
            before = balance.get();
        }
        return false;
    }
}
