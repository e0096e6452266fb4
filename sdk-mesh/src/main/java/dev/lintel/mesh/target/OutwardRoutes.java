package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.target.ObjectsOfOthers.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Routes of others that have an entry of ours as their parent, or that lead to its host: behind a service elsewhere there is no
 * proxy that would ask who calls, so that the gateway alone does, by the host of our routes; and what is let out to workloads
 * is let out to everybody where a route of a gateway leads to it.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination">Istio, Destination</a>
 */
final class OutwardRoutes {
    private static final Set<String> ROUTES = Set.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute");
    private static final String ENTRY = "ServiceEntry";
    private static final String HINT = "take it away, or say by the definition where calls go";

    private final List<Found> found = new ArrayList<>();
    private final List<Manifest> entries;

    private OutwardRoutes(List<Manifest> ours) {
        this.entries = ours.stream().filter(one -> one.kind().equals(ENTRY)).toList();
    }

    /**
     * What is found.
     *
     * @param theirs objects of others
     * @param ours objects that are to be there
     * @return at most one for each object, in the order of the objects; messages begin after its name
     */
    static List<Found> of(List<Manifest> theirs, List<Manifest> ours) {
        OutwardRoutes routes = new OutwardRoutes(ours);
        if (!routes.entries.isEmpty()) {
            for (Manifest their : theirs) {
                if (their.kind().equals("VirtualService")) {
                    routes.led(their, virtual(their), gateways(their));
                } else if (ROUTES.contains(their.kind()) && !routes.parent(their)) {
                    routes.led(their, attached(their), Set.of(their.kind()));
                }
            }
        }
        return routes.found;
    }

    private boolean parent(Manifest their) {
        for (Map.Entry<String, Map<?, ?>> one : SpecParts.each(their.spec().get("parentRefs"), "spec.parentRefs")
                .entrySet()) {
            Map<?, ?> parent = one.getValue();
            String said = SpecParts.text(parent.get("namespace"));
            Optional<Manifest> own = entries.stream()
                    .filter(entry -> SpecParts.text(parent.get("kind")).equals(ENTRY)
                            && entry.name().equals(SpecParts.text(parent.get("name")))
                            && entry.namespace().equals(said.isEmpty() ? their.namespace() : said))
                    .findFirst();
            if (own.isPresent()) {
                String message =
                        "has routes for " + own.get().id() + ", which is ours: calls to its hosts go where those lead";
                found.add(new Found("reopened", their, one.getKey(), message, HINT));
                return true;
            }
        }
        return false;
    }

    private void led(Manifest their, Map<String, String> hosts, Set<String> gateways) {
        for (Map.Entry<String, String> one : hosts.entrySet()) {
            String host = Hosts.undotted(one.getValue().toLowerCase(Locale.ROOT));
            Optional<Manifest> own = entries.stream()
                    .filter(entry -> leadsTo(host, entry, their, gateways))
                    .findFirst();
            if (own.isPresent()) {
                found.add(new Found(
                        "reopened",
                        their,
                        one.getKey(),
                        "leads to '" + one.getValue() + "', which is that of "
                                + own.get().id()
                                + ": whoever gets to these routes gets there, and none of ours is asked",
                        HINT));
                return;
            }
        }
    }

    private static boolean leadsTo(String host, Manifest entry, Manifest their, Set<String> gateways) {
        return SpecParts.texts(entry.spec().get("hosts")).stream()
                .anyMatch(own -> Hosts.isInside(own)
                        ? Hosts.means(host, own)
                                || Hosts.full(host, their.namespace()).equals(own)
                        : !gateways.isEmpty() && Hosts.covers(own, host));
    }

    /** The gateways beside the mesh. */
    private static Set<String> gateways(Manifest virtual) {
        Set<String> gateways = new TreeSet<>(SpecParts.texts(virtual.spec().get("gateways")));
        gateways.remove("mesh");
        return gateways;
    }

    private static Map<String, String> virtual(Manifest their) {
        Map<String, String> hosts = new LinkedHashMap<>();
        for (String protocol : List.of("http", "tls", "tcp")) {
            SpecParts.each(their.spec().get(protocol), "spec." + protocol).forEach((at, rule) -> {
                SpecParts.each(rule.get("route"), at + ".route")
                        .forEach((leg, to) -> host(to.get("destination"), leg + ".destination", hosts));
                host(rule.get("mirror"), at + ".mirror", hosts);
                SpecParts.each(rule.get("mirrors"), at + ".mirrors")
                        .forEach((leg, to) -> host(to.get("destination"), leg + ".destination", hosts));
            });
        }
        return hosts;
    }

    private static void host(@Nullable Object destination, String place, Map<String, String> into) {
        String host = SpecParts.text(SpecParts.map(destination).get("host"));
        if (!host.isEmpty()) {
            into.put(place + ".host", host);
        }
    }

    /** Of Gateway API a host is named by a kind of Istio's. */
    private static Map<String, String> attached(Manifest their) {
        Map<String, String> hosts = new LinkedHashMap<>();
        SpecParts.each(their.spec().get("rules"), "spec.rules").forEach((at, rule) -> {
            SpecParts.each(rule.get("backendRefs"), at + ".backendRefs").forEach((leg, to) -> named(to, leg, hosts));
            SpecParts.each(rule.get("filters"), at + ".filters")
                    .forEach((leg, filter) -> named(
                            SpecParts.map(
                                    SpecParts.map(filter.get("requestMirror")).get("backendRef")),
                            leg + ".requestMirror.backendRef",
                            hosts));
        });
        return hosts;
    }

    private static void named(Map<?, ?> reference, String place, Map<String, String> into) {
        if (SpecParts.text(reference.get("kind")).equals("Hostname")) {
            into.put(place + ".name", SpecParts.text(reference.get("name")));
        }
    }
}
