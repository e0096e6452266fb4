package dev.lintel.core.front;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.ServiceRef;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a front may use of whoever serves it. Safe for use by many threads. */
public interface FrontContext {
    /**
     * Who asks: the API's id.
     *
     * @return for example {@code catalog.shop}
     */
    String api();

    /**
     * Calls a service that the front's rule names, by the way that whoever serves the front has to it: without a network hop
     * where the service is a function in this JVM. Blocks until the answer is there, whole.
     *
     * @param service one of the rule's services
     * @param call what is asked
     * @return the answer, whatever its status
     * @throws java.net.SocketTimeoutException if it did not come in time
     * @throws IOException if no answer came, with a message that says nothing of addresses or secrets
     * @throws IllegalArgumentException if the rule does not name the service
     */
    FrontReply call(ServiceRef service, FrontCall call) throws IOException;

    /**
     * Reads a secret.
     *
     * @param place where it is
     * @return empty if there is none
     */
    Optional<Secret> secret(SecretRef place);

    /**
     * Runs what is to be done at the same time. It may refuse to, when too much is going on already.
     *
     * @return an executor whose threads may block
     */
    Executor executor();

    /**
     * The time.
     *
     * @return a clock
     */
    InstantSource clock();

    /**
     * Does something once, after a time.
     *
     * @param delay how long to wait
     * @param task short, and does not block
     * @return takes it back; does nothing if it is done already
     */
    Runnable after(Duration delay, Runnable task);
}
