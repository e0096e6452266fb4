package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import java.util.List;
import java.util.TreeSet;

/**
 * The boundary of a namespace: calls from inside the world that cross it are refused, in both directions, unless they are
 * allowed.
 *
 * @param namespace whose boundary it is
 * @param from who may call into it, sorted
 * @param to what may be called out of it, sorted; a name is that of the service
 * @param origin the line that said it
 */
public record IsolationRule(String namespace, List<Peer> from, List<Peer> to, Origin origin) {
    /** Sorts who and what is allowed. */
    public IsolationRule {
        from = List.copyOf(new TreeSet<>(from));
        to = List.copyOf(new TreeSet<>(to));
        origin = Origin.orUnknown(origin);
    }

    /**
     * The name by which people speak of it.
     *
     * @return for example {@code isolation of shop}
     */
    public String id() {
        return "isolation of " + namespace;
    }
}
