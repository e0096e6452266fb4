package dev.lintel.embedded;

/**
 * A workload that is a function in this JVM. It may block; it is called off the threads that serve connections, by
 * several threads at once.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request.
     *
     * @param request what was asked, whole
     * @return the answer
     * @throws Exception for anything that went wrong: the caller gets a 500 without it, the log gets all of it
     */
    Reply handle(FunctionRequest request) throws Exception;
}
