package dev.lintel.embedded.authorizer;

import dev.lintel.core.model.AuthorizerRule;
import java.util.function.Consumer;

/** Asks authorizers by one protocol, for the connections of one thread. */
public interface Asker extends AutoCloseable {
    /**
     * Asks, without blocking. Called on the thread that it was opened for.
     *
     * @param rule who is asked; whoever calls sees to its time-out
     * @param request what is told
     * @param then is told the answer, at most once, on any thread, also before this returns; failures are answers
     * @return stops the asking
     */
    Asking ask(AuthorizerRule rule, CheckedRequest request, Consumer<Answer> then);

    /** Gives up all connections, without waiting. */
    @Override
    void close();
}
