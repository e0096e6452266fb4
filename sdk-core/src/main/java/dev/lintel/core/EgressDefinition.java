package dev.lintel.core;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user said about one host outside: who may call it. Once one host is said in a world, the world lets out nothing
 * else, from no namespace. Of several hosts that fit a name the narrowest governs, alone.
 *
 * @param host a host name, or {@code *.} and the rest of one for all names below it
 * @param namespace where the callers live, a DNS label
 * @param ports the ports that may be connected to, 443 unless said
 * @param onlyFor the applications that may call it, DNS labels; empty for all of the namespace
 * @param privateAddresses whether its name may point at loopback, link-local or private addresses
 * @param gateway by which it is called, and by no other way; null for calls that leave directly
 * @param origin the line that began the definition
 */
public record EgressDefinition(
        String host,
        String namespace,
        List<Integer> ports,
        List<String> onlyFor,
        boolean privateAddresses,
        @Nullable EgressGateway gateway,
        Origin origin)
        implements Definition {
    private static final int MAIL = 25;

    /** Where calls go unless a port is said: HTTPS. */
    public static final List<Integer> DEFAULT_PORTS = List.of(443);

    /** Checks every part, and sorts ports and applications. */
    public EgressDefinition {
        host = Names.outside(host);
        Names.label("a namespace", namespace);
        ports = ports.isEmpty() ? DEFAULT_PORTS : List.copyOf(new TreeSet<>(ports));
        for (int port : ports) {
            if (port < 1 || port > 65_535 || port == MAIL) {
                throw new IllegalArgumentException(
                        "a port to call outside must be 1 to 65535 and not 25, which is for mail servers, but '" + host
                                + "' was given " + port);
            }
        }
        onlyFor = List.copyOf(new TreeSet<>(onlyFor));
        onlyFor.forEach(application -> Names.label("an application that may call outside", application));
        origin = Origin.orUnknown(origin);
    }

    /**
     * A host that is called directly.
     *
     * @param host a host name, or {@code *.} and the rest of one for all names below it
     * @param namespace where the callers live, a DNS label
     * @param ports the ports that may be connected to, 443 unless said
     * @param onlyFor the applications that may call it, DNS labels; empty for all of the namespace
     * @param privateAddresses whether its name may point at loopback, link-local or private addresses
     * @param origin the line that began the definition
     */
    public EgressDefinition(
            String host,
            String namespace,
            List<Integer> ports,
            List<String> onlyFor,
            boolean privateAddresses,
            Origin origin) {
        this(host, namespace, ports, onlyFor, privateAddresses, null, origin);
    }

    @Override
    public String id() {
        return host + " from " + namespace;
    }

    /** For example {@code api.psp.example from shop}. */
    @Override
    public String toString() {
        return id();
    }
}
