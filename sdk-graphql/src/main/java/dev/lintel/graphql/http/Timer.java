package dev.lintel.graphql.http;

import java.time.Duration;

/** Does things later. Safe for use by many threads. */
@FunctionalInterface
public interface Timer {
    /**
     * Does something once, after a time.
     *
     * @param delay how long to wait
     * @param task short, and does not block
     * @return takes it back; does nothing if it is done already
     */
    Runnable after(Duration delay, Runnable task);
}
