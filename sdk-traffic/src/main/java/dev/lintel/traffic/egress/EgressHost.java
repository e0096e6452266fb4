package dev.lintel.traffic.egress;

import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Names;
import dev.lintel.core.Origin;
import dev.lintel.core.Speaker;
import java.util.List;

/** A host outside that still needs a namespace. */
public final class EgressHost implements Speaker {
    private final String host;
    private final List<String> onlyFor;
    private final Origin origin;

    private EgressHost(String host, List<String> onlyFor, Origin origin) {
        this.host = host;
        this.onlyFor = onlyFor;
        this.origin = origin;
    }

    /**
     * Begins to say who may call a host outside.
     *
     * @param host a host name, or {@code *.} and at least two labels for all names below them
     * @return what asks for the namespace
     * @throws IllegalArgumentException if it is anything else
     */
    public static EgressHost of(String host) {
        return new EgressHost(Names.outside(host), List.of(), Origin.ofCaller());
    }

    /**
     * Says which applications may call it; without this, all of the namespace may.
     *
     * @param applications their names, DNS labels
     * @return what asks for the namespace
     * @throws IllegalArgumentException if there are none, or if it is said twice
     */
    public EgressHost onlyFor(String... applications) {
        return new EgressHost(host, Applications.of(host, onlyFor, applications), origin);
    }

    /**
     * Says where the callers live.
     *
     * @param namespace a DNS label
     * @return the chain of everything else
     */
    public Egress inNamespace(String namespace) {
        return new Egress(new EgressDefinition(host, namespace, List.of(), onlyFor, false, origin), false);
    }

    /** The host. */
    @Override
    public String toString() {
        return host;
    }
}
