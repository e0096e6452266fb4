package dev.lintel.embedded.authorization.http;

/** A way to send an answer as no well-behaved server would: in pieces, in part, or not at all. */
@FunctionalInterface
public interface Delivery {
    /**
     * Sends what it wants to send; called on the event loop, so it must not wait.
     *
     * @param reply the answer that was given
     * @param outlet where bytes go
     */
    void deliver(Reply reply, Outlet outlet);
}
