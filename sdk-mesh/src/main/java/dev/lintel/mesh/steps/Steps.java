package dev.lintel.mesh.steps;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.steps.Step.Doing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way from the objects that are in force to those that are wanted.
 *
 * @param steps in the order in which they are taken, each begun when the one before is in force
 */
public record Steps(List<Step> steps) {
    private static final List<String> KINDS = List.of(
            "ServiceEntry",
            "DestinationRule",
            "PeerAuthentication",
            "RequestAuthentication",
            "AuthorizationPolicy",
            "NetworkPolicy",
            "Sidecar",
            "Gateway",
            "VirtualService",
            "ReferenceGrant",
            "BackendTLSPolicy",
            "SecurityPolicy",
            "BackendTrafficPolicy",
            "HTTPRoute",
            "GRPCRoute",
            "APIRule");

    /** Keeps the list unchangeable. */
    public Steps {
        steps = List.copyOf(steps);
    }

    /**
     * The steps from one set of objects to another.
     *
     * @param dialect which reads both
     * @param before all objects of ours that are in force
     * @param after all that are to be; those that are equal to one before are not written
     * @return empty if nothing changes
     */
    public static Steps between(Dialect dialect, List<Manifest> before, List<Manifest> after) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        before.forEach(each -> old.put(each.id(), each));
        List<Manifest> written = new ArrayList<>();
        after.forEach(each -> {
            if (!each.equals(old.remove(each.id()))) {
                written.add(each);
            }
        });
        List<Step> steps = new ArrayList<>();
        phases(written).values().forEach(phase -> steps.add(new Step(Doing.APPLY, "write", phase)));
        List<Step> gone = new ArrayList<>();
        phases(List.copyOf(old.values())).values().forEach(phase -> gone.add(0, new Step(Doing.DELETE, "gone", phase)));
        steps.addAll(gone);
        return new Steps(steps);
    }

    private static TreeMap<Integer, List<Manifest>> phases(List<Manifest> manifests) {
        TreeMap<Integer, List<Manifest>> phases = new TreeMap<>();
        manifests.forEach(each ->
                phases.computeIfAbsent(rank(each), r -> new ArrayList<>()).add(each));
        return phases;
    }

    private static int rank(Manifest manifest) {
        int known = KINDS.indexOf(manifest.kind());
        return known < 0 ? KINDS.size() : known;
    }
}
