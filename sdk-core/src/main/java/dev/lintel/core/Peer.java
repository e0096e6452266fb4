package dev.lintel.core;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workload inside the world, or all workloads of a namespace. A workload is known by its service account (Kubernetes),
 * which the certificate that it shows names.
 *
 * @param namespace a DNS label
 * @param name the service account, a DNS label; null for all of the namespace
 * @see <a href="https://istio.io/latest/docs/concepts/security/#istio-identity">Istio, identity</a>
 */
public record Peer(String namespace, @Nullable String name) implements Comparable<Peer> {
    /** Checks the names. */
    public Peer {
        Names.label("a namespace", namespace);
        if (name != null) {
            Names.label("a service account", name);
        }
    }

    /**
     * A namespace or a workload, as people write it.
     *
     * @param text {@code shop} or {@code *.shop} for all of a namespace, {@code frontend.shop} for one workload
     * @return the peer
     * @throws IllegalArgumentException if it is neither
     */
    public static Peer parse(String text) {
        Objects.requireNonNull(text, "a namespace or a workload must not be null");
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new Peer(text, null);
        }
        String name = text.substring(0, dot);
        return new Peer(text.substring(dot + 1), name.equals("*") ? null : name);
    }

    /**
     * One workload, as it is called from its own namespace or from elsewhere.
     *
     * @param text {@code frontend} or {@code frontend.shop}; never all of a namespace
     * @param namespace the namespace that is meant where none is named
     * @return the peer
     * @throws IllegalArgumentException if it is neither
     */
    public static Peer workload(String text, String namespace) {
        Objects.requireNonNull(text, "a workload must not be null");
        Peer peer = text.indexOf('.') < 0 ? new Peer(namespace, text) : parse(text);
        if (peer.name() == null) {
            throw new IllegalArgumentException(
                    "a workload is named 'name' or 'name.namespace', but was '" + text + "'");
        }
        return peer;
    }

    /**
     * Whether it is, or is among them, a workload.
     *
     * @param itsNamespace the workload's namespace
     * @param itsName the workload's service account
     * @return true if it is
     */
    public boolean includes(String itsNamespace, String itsName) {
        return namespace.equals(itsNamespace) && (name == null || name.equals(itsName));
    }

    /**
     * Whether a workload is one of some peers, or among them.
     *
     * @param peers workloads and namespaces
     * @param itsNamespace the workload's namespace
     * @param itsName the workload's service account
     * @return true if it is
     */
    public static boolean anyIncludes(List<Peer> peers, String itsNamespace, String itsName) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).includes(itsNamespace, itsName)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether every workload of another peer is one of these.
     *
     * @param other a workload, or a namespace
     * @return true if this one is the same or wider
     */
    public boolean covers(Peer other) {
        return namespace.equals(other.namespace) && (name == null || name.equals(other.name));
    }

    /** By namespace; all of a namespace before its workloads. */
    @Override
    public int compareTo(Peer other) {
        return (namespace + "." + (name == null ? "" : name))
                .compareTo(other.namespace + "." + (other.name == null ? "" : other.name));
    }

    /** For example {@code frontend.shop}, or {@code *.shop} for all of a namespace. */
    @Override
    public String toString() {
        return (name == null ? "*" : name) + "." + namespace;
    }
}
