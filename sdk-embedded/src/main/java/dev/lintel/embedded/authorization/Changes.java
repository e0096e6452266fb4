package dev.lintel.embedded.authorization;

import java.util.concurrent.atomic.AtomicLong;

/** How often something has changed that outlives the server. */
final class Changes {
    private final AtomicLong count = new AtomicLong();

    void note() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }
}
