package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.target.ObjectsOfOthers.Found;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes of others inside the mesh for services of ours: VirtualServices that gateways are not alone in, and routes of the
 * Gateway API whose parent is the Service. Whoever calls such a service gets to where the routes lead. Those that lead to the
 * service itself and nowhere else are left alone.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">Istio, Virtual Service</a>
 * @see <a href="https://gateway-api.sigs.k8s.io/mesh/">Gateway API, for service mesh</a>
 */
final class MeshRoutes {
    private static final String MESH = "mesh";
    /** What leads a request to anything but its routes. */
    private static final Set<String> ELSEWHERE = Set.of("delegate", "directResponse", "mirror", "mirrors", "redirect");

    private static final Set<String> FILTERS = Set.of("ExtensionRef", "RequestMirror", "RequestRedirect");

    private final List<Found> found = new ArrayList<>();
    private final Set<String> services = new LinkedHashSet<>();
    /** Services for which we have routes in the mesh: of two the one with the longer host counts. */
    private final Set<String> routed = new LinkedHashSet<>();

    private final Set<String> places = new LinkedHashSet<>();

    private MeshRoutes(List<Manifest> ours) {
        services.addAll(Hosts.services(ours));
        for (Manifest one : ours) {
            places.add(one.namespace());
            if (one.kind().equals("VirtualService") && isInMesh(one)) {
                SpecParts.texts(one.spec().get("hosts")).forEach(host -> routed.add(Hosts.full(host, one.namespace())));
            }
        }
    }

    /**
     * What is found.
     *
     * @param theirs objects of others
     * @param ours objects that are to be there
     * @return at most one for each object, in the order of the objects; messages begin after its name
     */
    static List<Found> of(List<Manifest> theirs, List<Manifest> ours) {
        MeshRoutes routes = new MeshRoutes(ours);
        for (Manifest their : theirs) {
            if (their.kind().equals("VirtualService")) {
                routes.virtual(their);
            } else if (their.kind().equals("HTTPRoute") || their.kind().equals("GRPCRoute")) {
                routes.attached(their);
            }
        }
        return routes.found;
    }

    static boolean isInMesh(Manifest virtual) {
        List<String> gateways = SpecParts.texts(virtual.spec().get("gateways"));
        return gateways.isEmpty() || gateways.contains(MESH);
    }

    private void virtual(Manifest their) {
        if (!isInMesh(their) || !isSeen(their)) {
            return;
        }
        List<String> said = SpecParts.texts(their.spec().get("hosts"));
        for (int i = 0; i < said.size(); i++) {
            String host = Hosts.full(said.get(i), their.namespace()).toLowerCase(Locale.ROOT);
            Optional<String> service = services.stream()
                    .filter(one -> means(host, one) && !stays(their, one))
                    .findFirst();
            if (service.isPresent()) {
                add(their, "spec.hosts[" + i + "]", service.get());
                return;
            }
        }
    }

    /** Whether anybody beyond a namespace in which nothing is ours goes by it. */
    private boolean isSeen(Manifest their) {
        List<String> seen = SpecParts.texts(their.spec().get("exportTo"));
        return seen.isEmpty()
                || seen.stream()
                        .map(one -> one.equals(".") ? their.namespace() : one)
                        .anyMatch(one -> !one.equals("~") && (!one.equals(their.namespace()) || places.contains(one)));
    }

    /** A host may leave out the end of a service's name, and may be one for many. */
    private boolean means(String host, String service) {
        return Hosts.means(host, service) || Hosts.covers(host, service) && !routed.contains(service);
    }

    private static boolean stays(Manifest their, String service) {
        for (String protocol : List.of("http", "tls", "tcp")) {
            for (Map<?, ?> rule : SpecParts.maps(their.spec().get(protocol))) {
                boolean leaves = rule.keySet().stream().anyMatch(ELSEWHERE::contains);
                if (leaves
                        || SpecParts.maps(rule.get("route")).stream()
                                .anyMatch(route -> !leadsTo(route.get("destination"), their.namespace(), service))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean leadsTo(@Nullable Object destination, String namespace, String service) {
        return destination instanceof Map<?, ?> map
                && Hosts.full(SpecParts.text(map.get("host")), namespace).equals(service);
    }

    /** A route in another namespace than the Service's is for those that call from there. */
    private void attached(Manifest their) {
        if (!places.contains(their.namespace())) {
            return;
        }
        List<Map<?, ?>> parents = SpecParts.maps(their.spec().get("parentRefs"));
        for (int i = 0; i < parents.size(); i++) {
            Map<?, ?> parent = parents.get(i);
            String service = full(parent, their.namespace());
            if (SpecParts.text(parent.get("kind")).equals("Service")
                    && services.contains(service)
                    && !remains(their, service)) {
                add(their, "spec.parentRefs[" + i + "]", service);
                return;
            }
        }
    }

    private static boolean remains(Manifest their, String service) {
        for (Map<?, ?> rule : SpecParts.maps(their.spec().get("rules"))) {
            if (filters(rule)) {
                return false;
            }
            for (Map<?, ?> backend : SpecParts.maps(rule.get("backendRefs"))) {
                boolean other = backend.get("kind") instanceof String kind && !kind.equals("Service");
                if (other
                        || filters(backend)
                        || !full(backend, their.namespace()).equals(service)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean filters(Map<?, ?> rule) {
        return SpecParts.maps(rule.get("filters")).stream()
                .anyMatch(filter -> FILTERS.contains(SpecParts.text(filter.get("type"))));
    }

    private static String full(Map<?, ?> reference, String namespace) {
        String said = SpecParts.text(reference.get("namespace"));
        return Hosts.full(SpecParts.text(reference.get("name")), said.isEmpty() ? namespace : said);
    }

    private void add(Manifest their, String field, String service) {
        found.add(new Found(
                "reopened",
                their,
                field,
                "has routes in the mesh for '" + service
                        + "', which is a service of ours: calls to it go where those lead",
                "take it away, or say by the definition where calls go"));
    }
}
