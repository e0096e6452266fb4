package dev.lintel.embedded.authorization.chaos;

import java.time.Duration;

/** Something that goes wrong now. Closing ends it; it may be used in a {@code try} that says how long the trouble lasts. */
public interface Disturbance extends AutoCloseable {
    /**
     * How many requests have met it.
     *
     * @return since it was said
     */
    int hits();

    /**
     * Waits until it has met some requests.
     *
     * @param hits how many since it was said
     * @param patience how long to wait for them
     * @throws AssertionError if fewer came in that time; the message says how many
     */
    void await(int hits, Duration patience);

    /** Ends it. What it has begun goes on. */
    @Override
    void close();
}
