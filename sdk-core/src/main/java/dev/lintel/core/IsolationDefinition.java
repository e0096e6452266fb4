package dev.lintel.core;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        allowFrom = peers(namespace, allowFrom);
        allowTo = peers(namespace, allowTo);
        origin = Origin.orUnknown(origin);
    }

    /** Each once, as it is written shortest: {@code monitoring} for {@code *.monitoring}. */
    private static List<String> peers(String namespace, @Nullable List<String> said) {
        Set<String> peers = new TreeSet<>();
        for (String text : said == null ? List.<String>of() : said) {
            Peer peer = Peer.parse(text);
            if (peer.namespace().equals(namespace)) {
                throw new IllegalArgumentException("'" + text + "' is inside of '" + namespace
                        + "' itself, where an isolation refuses nothing: leave it out");
            }
            peers.add(peer.name() == null ? peer.namespace() : peer.toString());
        }
        return List.copyOf(peers);
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
