package dev.lintel.embedded.authorization.http;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

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

    /**
     * Answers a request in its own time.
     *
     * @param request a whole one
     * @param workers where answers are computed
     * @param done is given the answer, on any thread
     * @throws java.util.concurrent.RejectedExecutionException if the workers have stopped
     */
    default void answer(Received request, Executor workers, Consumer<Reply> done) {
        workers.execute(() -> done.accept(answer(request)));
    }
}
