package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts that objects speak about. */
final class Hosts {
    private static final String CLUSTER = ".svc.cluster.local";

    private Hosts() {}

    /** Hosts that objects speak about, wherever in them. */
    static Set<String> of(List<Manifest> objects) {
        Set<String> hosts = new LinkedHashSet<>();
        objects.forEach(one -> hosts(one.spec(), one.namespace(), hosts));
        return hosts;
    }

    /** Whether it is the full name of a service in the cluster. */
    static boolean isInside(String host) {
        return host.endsWith(CLUSTER);
    }

    /** The namespace of a service in the cluster, by its full name. */
    static String namespace(String host) {
        String name = host.substring(0, host.length() - CLUSTER.length());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void hosts(@Nullable Object tree, String namespace, Set<String> into) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("host") && value instanceof String host) {
                    into.add(full(host, namespace));
                } else if (key.equals("hosts")) {
                    SpecParts.texts(value).forEach(host -> into.add(full(host, namespace)));
                } else if (key.equals("backendRefs")) {
                    SpecParts.each(value, "")
                            .values()
                            .forEach(ref -> into.add(full(SpecParts.text(ref.get("name")), namespace)));
                } else {
                    hosts(value, namespace, into);
                }
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> hosts(item, namespace, into));
        }
    }

    static String full(String host, String namespace) {
        return host.indexOf('.') < 0 && !host.isEmpty() && !host.equals("*") ? host + "." + namespace + CLUSTER : host;
    }

    static boolean covers(String wide, String host) {
        return wide.equals(host) || wide.equals("*") || wide.startsWith("*.") && host.endsWith(wide.substring(1));
    }
}
