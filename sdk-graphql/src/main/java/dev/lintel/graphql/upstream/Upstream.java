package dev.lintel.graphql.upstream;

import java.io.IOException;

/** A service that can be called: blocking, for use by many threads. */
@FunctionalInterface
public interface Upstream {
    /**
     * Sends a request and waits for the answer.
     *
     * @param request what to send
     * @return the answer, whatever its status
     * @throws IOException if there is no whole answer; {@link UpstreamException} where the reason is known
     */
    UpstreamAnswer call(UpstreamRequest request) throws IOException;

    /**
     * The way to one of several services.
     *
     * @param name as an operation names its service; empty for the first
     * @return this one, where there is only one
     */
    default Upstream service(String name) {
        return this;
    }
}
