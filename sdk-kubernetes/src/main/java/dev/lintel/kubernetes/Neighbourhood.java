package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.Others;
import dev.lintel.mesh.target.ObjectsOfOthers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Objects of others in the same cluster: which of them open what ours close, or speak about the same hosts and workloads. */
final class Neighbourhood {
    /** What is for nothing beyond its namespace, but from the root one. */
    private static final Set<String> NEAR = Set.of(
            "AuthorizationPolicy", "NetworkPolicy", "PeerAuthentication", "RequestAuthentication", "WorkloadEntry");

    private static final String REOPENED = "cluster.reopened";

    private final LiveObjects objects;
    private final Inventory inventory;

    Neighbourhood(LiveObjects objects, Inventory inventory) {
        this.objects = objects;
        this.inventory = inventory;
    }

    /**
     * What is found.
     *
     * @param kinds those of {@link ObjectKind#BESIDE} that the cluster knows
     * @param ours objects that are to be there
     * @param root the namespace whose objects are for the whole mesh
     */
    Others of(List<ObjectKind> kinds, List<Manifest> ours, String root) {
        Set<String> places = new LinkedHashSet<>(Set.of(root));
        ours.forEach(one -> places.add(one.namespace()));
        List<Manifest> theirs = new ArrayList<>();
        List<Problem> told = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String selector : inventory.others()) {
            LiveObjects.Found found = objects.all(kinds, selector);
            problems.addAll(found.problems());
            for (LiveObject live : found.objects()) {
                if (places.contains(live.namespace())
                        || !NEAR.contains(live.kind().kind())) {
                    try {
                        theirs.add(live.manifest());
                    } catch (IllegalArgumentException e) {
                        told.add(unread(live, e));
                    }
                }
            }
        }
        ObjectsOfOthers.of(theirs, ours, root)
                .forEach(found -> told.add(new Problem(
                        found.code().equals("taken") ? "cluster.same-host" : "cluster." + found.code(),
                        found.object().id(),
                        "is in the same cluster: " + found.message(),
                        found.hint(),
                        Origin.unknown())));
        Others others = Others.of(told, REOPENED);
        return new Others(
                others.opened(),
                others.warnings(),
                problems.stream().distinct().toList(),
                ObjectsOfOthers.routes(theirs));
    }

    private static Problem unread(LiveObject live, IllegalArgumentException why) {
        return new Problem(
                "cluster.unjudged",
                live.kind().kind() + " " + live.namespace() + "/" + live.name(),
                "is not ours and cannot be understood: " + why.getMessage()
                        + ": whether it opens what ours close is not known",
                "look at it yourself",
                Origin.unknown());
    }
}
