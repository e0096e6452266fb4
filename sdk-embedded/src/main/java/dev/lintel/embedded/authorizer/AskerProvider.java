package dev.lintel.embedded.authorizer;

import dev.lintel.core.model.AuthorizerRule;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Brings a protocol by which authorizers are asked; found by {@link java.util.ServiceLoader}. */
public interface AskerProvider {
    /**
     * Which protocol it brings.
     *
     * @return for example gRPC
     */
    AuthorizerRule.Protocol protocol();

    /**
     * Opens an asker for one thread of a gateway.
     *
     * @param thread the event loop on which it is used
     * @param trusted the certificates, in PEM, by which authorizers are known that speak TLS; null for the JVM's own choice
     * @return the asker
     */
    Asker open(ScheduledExecutorService thread, @Nullable String trusted);
}
