package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpHeaders;

/** What is changed in the headers of one request and its answer for a reason that was found out about that request. */
public interface Amendment {
    /** Nothing. */
    Amendment NONE = new Amendment() {
        @Override
        public void request(HttpHeaders headers) {}

        @Override
        public void response(HttpHeaders headers) {}
    };

    /** Changes what goes on to the service. */
    void request(HttpHeaders headers);

    /** Changes the trailers of what goes on to the service. */
    default void trailers(HttpHeaders trailers) {}

    /** Changes what comes back. */
    void response(HttpHeaders headers);
}
