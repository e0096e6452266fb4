package dev.lintel.core.front;

/**
 * What answers the requests of an API that Lintel serves itself. It is asked only about requests that the API's policies
 * let through, by several threads at once, and it may block.
 */
@FunctionalInterface
public interface Front extends AutoCloseable {
    /**
     * Answers a request.
     *
     * @param request what was asked, whole
     * @return the answer
     * @throws Exception for anything that went wrong: the caller gets a 500 without it, the log gets all of it
     */
    FrontAnswer answer(FrontRequest request) throws Exception;

    /** Ends what it streams, and gives back what it holds; requests that are under way are still answered. */
    @Override
    default void close() {}
}
