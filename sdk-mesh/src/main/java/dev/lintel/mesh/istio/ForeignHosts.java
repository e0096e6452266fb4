package dev.lintel.mesh.istio;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of hosts and services as a mesh understands them: a name without a dot is one in the object's own namespace. */
final class ForeignHosts {
    private static final String CLUSTER = ".svc.cluster.local";

    private ForeignHosts() {}

    /**
     * A service of the cluster.
     *
     * @param name its name
     * @param namespace where it lives
     */
    record Target(String name, String namespace) {
        String host() {
            return Meta.host(name, namespace);
        }
    }

    /** The whole name of a host. */
    static String full(String host, String namespace) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.indexOf('.') < 0 && !lower.equals("*") ? Meta.host(lower, namespace) : lower;
    }

    /** The service that a host names; null if it is none of the cluster. */
    static @Nullable Target target(String host, String namespace) {
        String full = full(host, namespace);
        if (!full.endsWith(CLUSTER)) {
            return null;
        }
        List<String> parts =
                List.of(full.substring(0, full.length() - CLUSTER.length()).split("\\.", -1));
        return parts.size() == 2 && !parts.contains("") && !parts.contains("*")
                ? new Target(parts.get(0), parts.get(1))
                : null;
    }

    /** Whether a name of a gateway or a policy, perhaps with a {@code *} before it, means a host. */
    static boolean covers(String pattern, String host) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        if (lower.equals("*")) {
            return true;
        }
        if (lower.startsWith("*")) {
            return host.endsWith(lower.substring(1)) && host.length() >= lower.length();
        }
        // A policy compares the header, port and all; the name with every port is the name as it was said.
        String bare = lower.endsWith(":*") ? lower.substring(0, lower.length() - 2) : lower;
        return bare.equals(host) || lower.endsWith("*") && host.startsWith(lower.substring(0, lower.length() - 1));
    }
}
