package dev.lintel.embedded.upstream;

/** Somebody who waits for a connection. */
@FunctionalInterface
public interface Waiting {
    /** Waits no more; nothing happens if the waiting is over. */
    void cancel();
}
