package dev.lintel.embedded.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Takes what comes back on a connection for one request. Called on the event loop. */
public interface Receiver {
    /** A connection is there, new or used before. */
    void connected(Connection connection);

    /** The head of the response, or of an informational one before it. */
    void head(HttpResponse response);

    /** A part of the body, to be released by the receiver; the last one ends the response. */
    void content(HttpContent content);

    /** All that was there to read has been read: the moment to flush. */
    void readComplete();

    /** The connection takes more again, or asks to wait. */
    void writable(boolean writable);

    /** There will be no response, or no more of it. The connection is closed. */
    void failed(Failure failure);
}
