package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * All of it.
     *
     * @param more what is needed beside
     */
    Rights of(Deed deed, Needs more) {
        Needs needs = objects(deed, known.known(ObjectKind.READ));
        needs.add(more);
        if (deed.changes()) {
            JournalPlace place = tools.place();
            for (String[] each : new String[][] {{"", "configmaps"}, {"coordination.k8s.io", "leases"}}) {
                needs.add(place.namespace(), each[0], each[1], "", List.of("create"));
                needs.add(place.namespace(), each[0], each[1], place.name(), JOURNAL);
            }
            String namespace = "/api/v1/namespaces/" + place.namespace();
            if (tools.transport().send(Transport.Call.get(namespace)).status() == NOT_FOUND) {
                needs.add("", "", "namespaces", "", List.of("create"));
            }
        }
        return needs.rights();
    }

    private Needs objects(Deed deed, List<ObjectKind> read) {
        Needs needs = new Needs();
        read.forEach(kind -> needs.add("", kind.group(), kind.plural(), "", List.of("list")));
        deed.made().forEach(each -> needs.add(each, List.of("create", "get", "patch")));
        deed.updated().forEach(each -> needs.add(each, waits ? List.of("get", "patch") : List.of("patch")));
        deed.gone().forEach(each -> needs.add(each, List.of("delete", "get")));
        if (waits) {
            for (Share share : Share.of(deed.changed(), deed.all())) {
                needs.add(share.namespace(), "", "services", "", List.of("get"));
                needs.add(share.namespace(), "", "pods", "", List.of("list"));
                needs.add(share.namespace(), "discovery.k8s.io", "endpointslices", "", List.of("list"));
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
