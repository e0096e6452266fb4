package dev.lintel.mesh.istio;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** The objects; what delegates call by a short name has its whole name, as another namespace may take it over. */
    static List<Manifest> whole(Collection<Manifest> objects) {
        List<Manifest> whole = new ArrayList<>();
        for (Manifest object : objects) {
            boolean delegate = object.kind().equals(Meta.VIRTUAL_SERVICE) && Delegates.isDelegate(object);
            whole.add(delegate ? delegate(object) : object);
        }
        return whole;
    }

    private static Manifest delegate(Manifest object) {
        Map<String, Object> spec = new LinkedHashMap<>();
        object.spec().forEach((name, part) -> spec.put(name, named(part, name, object.namespace())));
        return object.withSpec(spec);
    }

    private static Object named(Object part, String field, String namespace) {
        if (part instanceof List<?> list) {
            return list.stream().map(each -> named(each, field, namespace)).toList();
        }
        if (!(part instanceof Map<?, ?> map)) {
            return part;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            boolean host = key.equals("host") && (field.equals("destination") || field.equals("mirror"));
            named.put(
                    String.valueOf(key),
                    host && value instanceof String name
                            ? full(name, namespace)
                            : value == null ? "" : named(value, String.valueOf(key), namespace));
        });
        return named;
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
