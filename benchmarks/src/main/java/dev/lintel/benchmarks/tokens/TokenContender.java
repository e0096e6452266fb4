package dev.lintel.benchmarks.tokens;

import java.net.URI;

/** A client library that takes part. */
public interface TokenContender {
    /**
     * Its name in tables.
     *
     * @return with its version
     */
    String name();

    /**
     * A new client with what it should have. The endpoint answers at once while this runs.
     *
     * @param held what it has
     * @param endpoint where it asks
     * @return the client
     * @throws Exception if that state cannot be reached
     */
    Client prepare(Column.Held held, URI endpoint) throws Exception;

    /** A client that many callers share. */
    interface Client {
        /**
         * Gets the token as a caller does who is about to send a request; blocks until it is there.
         *
         * @return the value of the header {@code Authorization}
         * @throws Exception if there is none to be had
         */
        String authorization() throws Exception;

        /** Ends what the client holds. */
        default void close() {}
    }
}
