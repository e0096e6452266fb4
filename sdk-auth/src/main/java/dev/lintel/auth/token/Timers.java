package dev.lintel.auth.token;

import java.time.Duration;

/** What does something later. */
@FunctionalInterface
public interface Timers {
    /**
     * Does something once, after a while. What is done is short and does not block.
     *
     * @param delay how much later; not negative
     * @param task what is done, on any thread
     * @return what calls it off; running it more than once, or too late, does nothing
     */
    Runnable after(Duration delay, Runnable task);
}
