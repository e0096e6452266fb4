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

    /** The services in the cluster that objects speak about, by their full names. */
    static Set<String> services(List<Manifest> objects) {
        Set<String> services = of(objects);
        services.removeIf(host -> !isInside(host) || host.indexOf('/') >= 0 || host.indexOf('*') >= 0);
        return services;
    }

    /**
     * Whether a host is a name by which a service is called from all namespaces. Whatever comes behind {@code .svc.} is taken for
     * the domain of the cluster: proxies look for {@code .svc.} from the left.
     *
     * @param host in lower case
     * @param service by its full name
     */
    static boolean means(String host, String service) {
        String name = service.substring(0, service.length() - CLUSTER.length());
        String rest = host.startsWith(name) ? host.substring(name.length()) : host;
        return rest.isEmpty() || rest.equals(".") || rest.equals(".svc") || rest.startsWith(".svc.");
    }

    /** Without the dot behind it, by which a name is said to be whole. */
    static String undotted(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
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
        return wide.equals(host) || wide.startsWith("*") && host.endsWith(wide.substring(1));
    }
}
