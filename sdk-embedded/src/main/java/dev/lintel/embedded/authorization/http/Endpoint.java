package dev.lintel.embedded.authorization.http;

/** What answers one method on one path. Called on a worker thread, so it may compute, but not wait. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers a request.
     *
     * @param request a whole one
     * @return the answer
     */
    Reply answer(Received request);
}
