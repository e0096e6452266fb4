package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an apply takes, by what it does: it reads kinds, writes and deletes objects, keeps a journal, and waits.
 *
 * @param known the kinds of the cluster
 * @param tools by which the cluster is asked
 * @param waits whether it waits
 */
record ClusterRights(Schemas known, Applying.Tools tools, boolean waits) {
    private static final int NOT_FOUND = 404;
    private static final List<String> JOURNAL = List.of("get", "patch");
    private static final List<String> CHANGE = List.of("create", "delete", "get", "patch");
    private static final String ISTIO = ".istio.io";
    private static final Set<String> ROUTES = Set.of("APIRule", "GRPCRoute", "HTTPRoute", "VirtualService");
    /** What the next change of an API may need where it has a route: who may write one may write all of them without more. */
    private static final Set<String> BESIDE_ROUTES = Set.of(
            "AuthorizationPolicy",
            "DestinationRule",
            "GRPCRoute",
            "HTTPRoute",
            "PeerAuthentication",
            "RequestAuthentication",
            "VirtualService");

    /**
     * What one apply takes.
     *
     * @param more what is needed beside
     */
    Rights of(Deed deed, Needs more) {
        Needs needs = objects(deed, known.known(ObjectKind.READ));
        needs.add(more);
        workloads(needs, deed.all());
        workloads(needs, deed.gone());
        if (!deed.changes()) {
            return needs.rights();
        }
        journal(needs);
        return new Rights(needs.rights().rules(), made());
    }

    /**
     * What any later apply takes as well that changes, adds or takes out definitions of the same namespaces: all verbs for the
     * kinds that are there and are to be there, and where there are routes for the kinds that stand beside them.
     *
     * @param objects all that is ours there, and all that is to be
     * @param more what is needed beside
     */
    Rights ofEveryChange(List<Manifest> objects, Needs more) {
        Needs needs = new Needs();
        needs.add(more);
        known.known(ObjectKind.READ).forEach(kind -> needs.add("", kind.group(), kind.plural(), "", List.of("list")));
        workloads(needs, objects);
        objects.forEach(each -> needs.add(each, CHANGE));
        Set<String> led = new TreeSet<>();
        for (Manifest route : objects) {
            // Those of egress gateways stand beside the policies of a whole mesh, and belong to no API.
            if (ROUTES.contains(route.kind()) && route.labels().containsKey(Manifest.API)) {
                led.add(route.namespace());
                known.known(ObjectKind.ALL).stream()
                        .filter(kind -> BESIDE_ROUTES.contains(kind.kind()))
                        .filter(kind -> kind.group().endsWith(ISTIO)
                                || route.apiVersion().equals(kind.apiVersion()))
                        .forEach(kind -> needs.add(route.namespace(), kind.group(), kind.plural(), "", CHANGE));
            }
        }
        if (waits) {
            Share.of(objects, objects).forEach(share -> led.add(share.namespace()));
            led.forEach(namespace -> waiting(needs, namespace));
        }
        journal(needs);
        return new Rights(needs.rights().rules(), made());
    }

    private static void workloads(Needs needs, List<Manifest> objects) {
        ObjectKind.workloads(objects)
                .forEach(kind -> needs.add("", kind.group(), kind.plural(), "", List.of("list")));
    }

    private void journal(Needs needs) {
        JournalPlace place = tools.place();
        for (String[] each : new String[][] {{"", "configmaps"}, {"coordination.k8s.io", "leases"}}) {
            needs.add(place.namespace(), each[0], each[1], "", List.of("create"));
            needs.add(place.namespace(), each[0], each[1], place.name(), JOURNAL);
        }
    }

    /** That of the journal, as long as it is not there; the usual one is for journals alone, and is said every time. */
    private List<String> made() {
        String namespace = tools.place().namespace();
        return namespace.equals(ClusterTarget.JOURNALS)
                        || tools.transport()
                                        .send(Transport.Call.get("/api/v1/namespaces/" + namespace))
                                        .status()
                                == NOT_FOUND
                ? List.of(namespace)
                : List.of();
    }

    private static void waiting(Needs needs, String namespace) {
        needs.add(namespace, "", "services", "", List.of("get"));
        needs.add(namespace, "", "pods", "", List.of("list"));
        needs.add(namespace, "discovery.k8s.io", "endpointslices", "", List.of("list"));
    }

    private Needs objects(Deed deed, List<ObjectKind> read) {
        Needs needs = new Needs();
        read.forEach(kind -> needs.add("", kind.group(), kind.plural(), "", List.of("list")));
        deed.made().forEach(each -> needs.add(each, List.of("create", "get", "patch")));
        deed.updated().forEach(each -> needs.add(each, waits ? List.of("get", "patch") : List.of("patch")));
        deed.gone().forEach(each -> needs.add(each, List.of("delete", "get")));
        if (waits) {
            for (Share share : Share.of(deed.changed(), deed.all())) {
                waiting(needs, share.namespace());
            }
        }
        return needs;
    }

    /**
     * What is missing of what no dry run tells.
     *
     * @param state what is there; where some kinds may not be listed, what an apply may take is asked for instead
     */
    List<Problem> missing(State state, Deed deed) {
        Permissions permissions = new Permissions(tools.transport(), tools.json());
        if (state.problems().isEmpty()) {
            Needs needs = new Needs();
            deed.gone().forEach(each -> needs.add(each, List.of("get")));
            if (waits) {
                deed.changed().forEach(each -> needs.add(each, List.of("get")));
            }
            return permissions.missing(needs.rights());
        }
        Set<String> unlisted = new LinkedHashSet<>();
        state.problems().forEach(problem -> unlisted.add(problem.path()));
        List<ObjectKind> beside = new ArrayList<>(known.known(ObjectKind.BESIDE));
        beside.removeIf(kind -> unlisted.contains(kind.plural()));
        return permissions.missing(objects(deed, beside).rights());
    }
}
