package dev.lintel.core.model;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may leave a namespace: one host outside, and who may call it.
 *
 * @param namespace where the callers live
 * @param host a lower-case host name, or {@code *.} and the rest of one for all names below it
 * @param ports the ports that may be connected to
 * @param onlyFor the applications that may call it; empty for all of the namespace
 * @param privateAddresses whether its name may point at loopback, link-local or private addresses
 * @param gateway by which it is called, and by no other way; null for calls that leave directly
 * @param origin the line that said it
 */
public record EgressRule(
        String namespace,
        String host,
        List<Integer> ports,
        List<String> onlyFor,
        boolean privateAddresses,
        @Nullable EgressGateway gateway,
        Origin origin) {
    /** Keeps the lists unchangeable. */
    public EgressRule {
        ports = List.copyOf(ports);
        onlyFor = List.copyOf(onlyFor);
        origin = Origin.orUnknown(origin);
    }

    /**
     * A host that is called directly.
     *
     * @param namespace where the callers live
     * @param host a lower-case host name, or {@code *.} and the rest of one for all names below it
     * @param ports the ports that may be connected to
     * @param onlyFor the applications that may call it; empty for all of the namespace
     * @param privateAddresses whether its name may point at loopback, link-local or private addresses
     * @param origin the line that said it
     */
    public EgressRule(
            String namespace,
            String host,
            List<Integer> ports,
            List<String> onlyFor,
            boolean privateAddresses,
            Origin origin) {
        this(namespace, host, ports, onlyFor, privateAddresses, null, origin);
    }

    /**
     * The host and whose it is.
     *
     * @return for example {@code api.psp.example from shop}
     */
    public String id() {
        return host + " from " + namespace;
    }

    /**
     * Whether it is for an application.
     *
     * @param application the application's name, without its namespace
     * @return true if the application may call
     */
    public boolean isFor(String application) {
        return onlyFor.isEmpty() || onlyFor.contains(application);
    }
}
