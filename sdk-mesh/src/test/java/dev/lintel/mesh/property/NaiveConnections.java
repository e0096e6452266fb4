package dev.lintel.mesh.property;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.NaiveRoutes.End;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How Istio connects to where a route leads, by going through the objects one by one: which address, with which TLS, by which
 * name. What is meant for one of them is not known to the next.
 *
 * @param objects all that are in force
 * @param inside services of the cluster, with their namespaces
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/service-entry/">Istio, Service Entry</a>
 */
record NaiveConnections(Collection<Manifest> objects, Set<String> inside) {
    /** In words that are equal for equal ways, and none for a service of the mesh; empty if there is nobody to connect to. */
    Optional<String> to(End end) {
        List<String> addresses = objects.stream()
                .filter(object -> object.kind().equals("ServiceEntry"))
                .filter(object -> NaiveRules.texts(object.spec(), "hosts").stream()
                        .anyMatch(host -> host.equals(end.service()) || isNamed(host, end.service())))
                .filter(object -> !NaiveRules.texts(object.spec(), "exportTo").contains("~"))
                .map(object -> String.valueOf(object.spec().getOrDefault("endpoints", "itself")))
                .toList();
        Map<String, Object> tls = objects.stream()
                .filter(object -> object.kind().equals("DestinationRule"))
                .filter(object -> isNamed(String.valueOf(object.spec().get("host")), end.service()))
                .map(object -> NaiveRules.map(NaiveRules.map(object.spec(), "trafficPolicy"), "tls"))
                .findFirst()
                .orElse(Map.of());
        if (addresses.isEmpty()) {
            boolean answers = inside.contains(end.service()) && !tls.containsKey("sni");
            return answers ? Optional.of(tls.isEmpty() && end.name().isEmpty() ? "" : how(tls, end)) : Optional.empty();
        }
        return Optional.of(" at " + addresses + how(tls, end));
    }

    private static String how(Map<String, Object> tls, End end) {
        return " by " + tls + " as '" + end.name() + "'";
    }

    private static boolean isNamed(String host, String service) {
        int slash = service.indexOf('/');
        return slash > 0 && host.startsWith(service.substring(slash + 1) + "." + service.substring(0, slash) + ".svc.");
    }
}
