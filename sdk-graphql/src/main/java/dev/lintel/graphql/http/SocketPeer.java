package dev.lintel.graphql.http;

/** The other side of a WebSocket, as a {@link SocketSession} speaks to it. Called by one thread at a time; must not block. */
public interface SocketPeer {
    /**
     * Sends a text message.
     *
     * @param message JSON
     */
    void send(String message);

    /**
     * Closes the connection; nothing is sent after it.
     *
     * @param code of graphql-ws, 4400 to 4499, or 1013
     * @param reason at most 123 bytes
     */
    void close(int code, String reason);
}
