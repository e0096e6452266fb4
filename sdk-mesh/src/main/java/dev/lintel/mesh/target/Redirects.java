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
    private final Set<String> hosts;

    private Redirects(List<Manifest> ours) {
        this.entries = ours.stream().filter(one -> one.kind().equals(ENTRY)).toList();
        this.hosts = Hosts.of(ours);
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
            Optional<Manifest> own = near(their)
                    .filter(one -> said(one).stream().anyMatch(wide -> Hosts.covers(wide, host)))
                    .findFirst();
            String message = "";
            if (own.isPresent()) {
                message = "has endpoints for '" + host + "', as " + own.get().id()
                        + " has: calls that this lets out go to those as well";
            } else if (Hosts.isInside(host) && hosts.contains(host)) {
                message = "has endpoints for '" + host + "', which is a service of ours: "
                        + (Hosts.namespace(host).equals(their.namespace())
                                ? "calls to it go to those as well"
                                : "calls to it from '" + their.namespace() + "' go to those in its place");
            }
            if (!message.isEmpty()) {
                found.add(new Found("reopened", their, "spec.hosts[" + i + "]", message, HINT));
                return;
            }
        }
    }

    /** Where hosts outside are called directly, no routes of ours are for them. */
    private void routes(Manifest their) {
        if (!MeshRoutes.isInMesh(their)) {
            return;
        }
        List<String> said = said(their);
        for (int i = 0; i < said.size(); i++) {
            String host = said.get(i);
            Optional<Manifest> own = near(their)
                    .filter(one ->
                            said(one).stream().anyMatch(wide -> Hosts.covers(wide, host) || Hosts.covers(host, wide)))
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
                .map(host -> Hosts.full(host, object.namespace()).toLowerCase(Locale.ROOT))
                .toList();
    }
}
