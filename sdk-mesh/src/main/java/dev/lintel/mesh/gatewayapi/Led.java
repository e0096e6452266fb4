package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Version;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What leads to one API of several that share routes.
 *
 * @param services the whole names of its service and of those of its versions
 * @param suffix what stands behind the name of a service in them
 */
record Led(Set<String> services, String suffix) {
    static Led to(ApiModel api) {
        String suffix = "." + api.namespace() + ".svc.cluster.local";
        Set<String> services = new LinkedHashSet<>(List.of(api.service().name() + suffix));
        for (Version version : api.service().versions()) {
            if (version.service() != null) {
                services.add(version.service() + suffix);
            }
        }
        return new Led(services, suffix);
    }

    /** Whether a match sends something to it. */
    boolean by(SeenMatch match) {
        return match.rule().action().get("route") instanceof List<?> destinations
                && destinations.stream().anyMatch(one -> services.contains(host(one)));
    }

    /** Those of some Backends, by namespace and name, that stand for its services. */
    Set<String> of(Set<String> backends) {
        Set<String> own = new LinkedHashSet<>(backends);
        own.removeIf(backend -> !services.contains(backend.substring(backend.indexOf('/') + 1) + suffix));
        return own;
    }

    /** Whether whatever it sends somewhere goes to names that end so. */
    static boolean isWithin(SeenMatch match, String suffix) {
        return !(match.rule().action().get("route") instanceof List<?> destinations)
                || destinations.stream().allMatch(one -> host(one).endsWith(suffix));
    }

    /** The whole name of the service to which a share goes; empty if there is none. */
    static String host(Object share) {
        return share instanceof Map<?, ?> map && map.get("destination") instanceof Map<?, ?> to
                ? String.valueOf(to.get("host"))
                : "";
    }
}
