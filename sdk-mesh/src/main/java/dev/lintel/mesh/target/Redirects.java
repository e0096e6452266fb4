package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.target.ObjectsOfOthers.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects of others that lead calls elsewhere which ours lead to a host: ServiceEntries with endpoints of their own, and
 * VirtualServices for what is called directly. An entry of another namespace is none for a host outside, because our Sidecars
 * name the namespace of the entry that they take in, and a gateway prefers that of its own.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/service-entry/">Istio, Service Entry</a>
 */
final class Redirects {
    private static final String ENTRY = "ServiceEntry";
    private static final String HINT = "take it away, or say by the definition where calls go";

    private final List<Found> found = new ArrayList<>();
    private final List<Manifest> entries;
    private final Set<String> services;

    private Redirects(List<Manifest> ours) {
        this.entries = ours.stream().filter(one -> one.kind().equals(ENTRY)).toList();
        this.services = Hosts.services(ours);
    }

    /**
     * What is found.
     *
     * @param theirs objects of others
     * @param ours objects that are to be there
     * @return at most one for each object, in the order of the objects; messages begin after its name
     */
    static List<Found> of(List<Manifest> theirs, List<Manifest> ours) {
        Redirects redirects = new Redirects(ours);
        for (Manifest their : theirs) {
            if (their.kind().equals(ENTRY)) {
                redirects.entry(their);
            } else if (their.kind().equals("VirtualService")) {
                redirects.routes(their);
            }
        }
        return redirects.found;
    }

    private void entry(Manifest their) {
        List<String> said = said(their);
        for (int i = 0; i < said.size(); i++) {
            String host = said.get(i);
            String name = Hosts.undotted(host);
            Optional<Manifest> own = near(their)
                    .filter(one -> said(one).stream().anyMatch(wide -> Hosts.covers(wide, name)))
                    .findFirst();
            String message = "";
            if (own.isPresent()) {
                message = "has endpoints for '" + host + "', as " + own.get().id()
                        + " has: calls that this lets out go to those as well";
            } else {
                message = services.stream()
                        .filter(one -> Hosts.means(host, one) || isAlone(host, one, their))
                        .findFirst()
                        .map(service -> taken(host, service, their))
                        .orElse("");
            }
            if (!message.isEmpty()) {
                found.add(new Found("reopened", their, "spec.hosts[" + i + "]", message, HINT));
                return;
            }
        }
    }

    private static String taken(String host, String service, Manifest their) {
        List<String> seen = SpecParts.texts(their.spec().get("exportTo"));
        boolean near = !seen.isEmpty() && Set.of(".", their.namespace()).containsAll(seen);
        String from = "from '" + their.namespace() + "' go to those in its place";
        if (!host.equals(service)) {
            return "has endpoints for '" + host + "', by which '" + service
                    + "' is called, a service of ours: calls by this name "
                    + (near ? from : "go to those in its place");
        }
        return "has endpoints for '" + host + "', which is a service of ours: calls to it "
                + (Hosts.namespace(host).equals(their.namespace()) ? "go to those as well" : from);
    }

    /** A name without a namespace takes calls in each namespace that sees the entry, in place of the service that is meant there. */
    private static boolean isAlone(String host, String service, Manifest their) {
        String namespace = Hosts.namespace(service);
        List<String> seen = SpecParts.texts(their.spec().get("exportTo"));
        return Hosts.full(Hosts.undotted(host), namespace).equals(service)
                && (seen.isEmpty()
                        || seen.contains("*")
                        || seen.contains(namespace)
                        || seen.contains(".") && their.namespace().equals(namespace));
    }

    /** Where hosts outside are called directly, no routes of ours are for them. */
    private void routes(Manifest their) {
        if (!MeshRoutes.isInMesh(their)) {
            return;
        }
        List<String> said = said(their);
        for (int i = 0; i < said.size(); i++) {
            String host = said.get(i);
            String name = Hosts.undotted(host);
            Optional<Manifest> own = near(their)
                    .filter(one ->
                            said(one).stream().anyMatch(wide -> Hosts.covers(wide, name) || Hosts.covers(name, wide)))
                    .findFirst();
            if (own.isPresent()) {
                found.add(new Found(
                        "reopened",
                        their,
                        "spec.hosts[" + i + "]",
                        "has routes for '" + host + "', to which " + own.get().id()
                                + " lets calls out: they go where those lead",
                        HINT));
                return;
            }
        }
    }

    private Stream<Manifest> near(Manifest their) {
        return entries.stream().filter(one -> one.namespace().equals(their.namespace()));
    }

    private static List<String> said(Manifest object) {
        return SpecParts.texts(object.spec().get("hosts")).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }
}
