package dev.lintel.traffic.isolation;

import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Speaker;
import java.util.List;

/**
 * The boundary of a namespace while it is being defined: who may call into it, and what may be called out of it. Each verb
 * answers a new chain.
 *
 * <p>Calls from inside are refused across the boundary, in both directions, unless they are allowed; where two namespaces
 * are isolated, both must allow. Whoever enters by an exposed host is let in, because the exposure says so, and what leaves
 * the world is governed by egress alone.
 */
public final class Isolation implements Speaker {
    private final IsolationDefinition said;

    private Isolation(IsolationDefinition said) {
        this.said = said;
    }

    /**
     * Begins to say who may cross the boundary of a namespace.
     *
     * @param namespace a DNS label
     * @return the chain of everything else
     * @throws IllegalArgumentException if it is anything else
     */
    public static Isolation of(String namespace) {
        return new Isolation(new IsolationDefinition(namespace, List.of(), List.of(), Origin.ofCaller()));
    }

    /**
     * Says who may call into the namespace; without this, nobody may.
     *
     * @param callers a namespace, or a service account as {@code prometheus.metrics}
     * @return a new chain
     * @throws IllegalArgumentException if there are none, if one is inside of the namespace, or if it is said twice
     */
    public Isolation allowFrom(String... callers) {
        List<String> all = all("allowFrom", said.allowFrom(), callers);
        return new Isolation(new IsolationDefinition(said.namespace(), all, said.allowTo(), said.origin()));
    }

    /**
     * Says what may be called out of the namespace; without this, nothing may.
     *
     * @param services a namespace, or a service as {@code users.identity}
     * @return a new chain
     * @throws IllegalArgumentException if there are none, if one is inside of the namespace, or if it is said twice
     */
    public Isolation allowTo(String... services) {
        List<String> all = all("allowTo", said.allowTo(), services);
        return new Isolation(new IsolationDefinition(said.namespace(), said.allowFrom(), all, said.origin()));
    }

    private List<String> all(String verb, List<String> before, String... peers) {
        if (!before.isEmpty()) {
            throw new IllegalArgumentException(verb + " is said twice for '" + said.namespace()
                    + "': say all at once, but was " + before + " and " + List.of(peers));
        }
        if (peers.length == 0) {
            throw new IllegalArgumentException(
                    verb + " needs at least one namespace or name; leave it out to let none across");
        }
        return List.of(peers);
    }

    /**
     * Ends the chain.
     *
     * @return the definition, to be planned with all others of its world
     */
    public IsolationDefinition define() {
        return said;
    }

    /** What has been said so far, in one line. */
    @Override
    public String toString() {
        return said.toString();
    }
}
