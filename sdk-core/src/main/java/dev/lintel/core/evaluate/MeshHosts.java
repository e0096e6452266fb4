package dev.lintel.core.evaluate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a service by the names under which it is called from inside: {@code name.namespace}, also with {@code .svc} or
 * {@code .svc.cluster.local} behind it.
 *
 * @param <V> what is found
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">Kubernetes, DNS for Services</a>
 */
final class MeshHosts<V> {
    private static final String LONG = ".svc.cluster.local";
    private static final String SHORT = ".svc";

    private final HostTable<V> services;

    MeshHosts(Map<String, V> byService) {
        services = new HostTable<>(byService);
    }

    @Nullable
    V find(String authority) {
        int end = Authority.nameEnd(authority);
        V found = services.find(authority, end);
        if (found != null) {
            // As in a namespace that is called svc itself.
            return found;
        }
        if (endsWith(LONG, authority, end)) {
            end -= LONG.length();
        } else if (endsWith(SHORT, authority, end)) {
            end -= SHORT.length();
        }
        return services.find(authority, end);
    }

    private static boolean endsWith(String suffix, String authority, int end) {
        return end > suffix.length() && HostTable.isAt(suffix, authority, end - suffix.length());
    }
}
