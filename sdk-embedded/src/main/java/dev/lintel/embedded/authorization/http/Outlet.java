package dev.lintel.embedded.authorization.http;

import java.time.Duration;

/** The bytes of one connection, as a {@link Delivery} wants them; nothing more is read, and it ends with the connection. */
public interface Outlet {
    /**
     * Sends bytes as they are.
     *
     * @param bytes what to send
     * @param sent goes on when they have left, on the event loop; never if the caller has gone
     */
    void send(byte[] bytes, Runnable sent);

    /**
     * Goes on later, in real time, on the event loop.
     *
     * @param delay how long to wait
     * @param next what then
     */
    void later(Duration delay, Runnable next);

    /**
     * Goes on as soon as the event loop has time for it.
     *
     * @param next called on the event loop, from whatever thread this is said
     */
    void soon(Runnable next);

    /** Ends the connection in good order. */
    void finish();

    /** Resets the connection (RFC 9293, 3.5.2): what was sent may be lost. */
    void reset();
}
