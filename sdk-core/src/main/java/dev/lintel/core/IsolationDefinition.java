package dev.lintel.core;

import java.util.List;
import java.util.TreeSet;

/**
 * What a user said about the boundary of one namespace: calls across it are refused, in both directions, unless they are
 * allowed here. It governs calls from inside; whoever enters by an exposed host is let in because the exposure says so.
 * What leaves the world is governed by {@link EgressDefinition} alone.
 *
 * @param namespace whose boundary it is, a DNS label
 * @param allowFrom who may call into it: a namespace, or one workload as {@code name.namespace}; sorted
 * @param allowTo what may be called out of it: a namespace, or one service as {@code name.namespace}; sorted
 * @param origin the line that began the definition
 */
public record IsolationDefinition(String namespace, List<String> allowFrom, List<String> allowTo, Origin origin)
        implements Definition {
    /** Checks every part, and sorts who and what is allowed. */
    public IsolationDefinition {
        Names.label("a namespace", namespace);
        allowFrom = List.copyOf(new TreeSet<>(allowFrom == null ? List.of() : allowFrom));
        allowTo = List.copyOf(new TreeSet<>(allowTo == null ? List.of() : allowTo));
        for (List<String> peers : List.of(allowFrom, allowTo)) {
            for (String peer : peers) {
                if (Peer.parse(peer).namespace().equals(namespace)) {
                    throw new IllegalArgumentException("'" + peer + "' is inside of '" + namespace
                            + "' itself, where an isolation refuses nothing: leave it out");
                }
            }
        }
        origin = Origin.orUnknown(origin);
    }

    /** For example {@code isolation of shop}. */
    @Override
    public String id() {
        return "isolation of " + namespace;
    }

    /** For example {@code isolation of shop}. */
    @Override
    public String toString() {
        return id();
    }
}
