package dev.lintel.embedded.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that may be called over the listener for workloads, at this moment. */
@FunctionalInterface
public interface Hosts {
    /**
     * The identities that a name stands for.
     *
     * @param name in lower case, without port
     * @return the identity of the service that is called so inside; empty for an exposed host; null if nobody is called so
     */
    @Nullable
    List<String> identities(String name);
}
