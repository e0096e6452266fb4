package dev.lintel.graphql.execute;

import java.util.concurrent.atomic.AtomicLong;

/** How much services have answered for one request: all of it is held until the request is answered. */
final class Received {
    /** 64 MiB; besides, each call that is under way may hold one answer. */
    static final long MOST = 64L << 20;

    private final AtomicLong bytes = new AtomicLong();

    /** Whether so many more may be held. */
    boolean takes(int more) {
        return bytes.addAndGet(more) <= MOST;
    }
}
