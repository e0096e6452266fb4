package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.Settled;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves fields to the managers that own them: they are taken out of what we say, and whatever they hold counts in what is
 * told about requests.
 *
 * <p>Only where routes go and how they are balanced is left to others. Whoever may call, how they are known, what is open at
 * the gateway and how it is encrypted is ours or nobody's: there a conflict stays one.
 */
final class Yielding {
    /** By kind, what others may own in it. */
    private static final Map<String, List<String>> LEFT = Map.of(
            "VirtualService", List.of(".spec.http"),
            "DestinationRule", List.of(".spec.subsets", ".spec.trafficPolicy"),
            "HTTPRoute", List.of(".spec.rules"),
            "GRPCRoute", List.of(".spec.rules"),
            "BackendTrafficPolicy", List.of(".spec"));

    private static final Set<String> NEVER = Set.of("tls", "targetRef", "targetRefs", "targetSelectors");
    /** A field that is gone may show another one; there are not many. */
    private static final int ROUNDS = 5;

    private final ServerSideApply apply;
    private final Json json;

    Yielding(ServerSideApply apply, Json json) {
        this.apply = apply;
        this.json = json;
    }

    /** Whether a field may be left to somebody else. */
    static boolean isLeft(Manifest manifest, String path) {
        boolean listed = LEFT.getOrDefault(manifest.kind(), List.of()).stream()
                .anyMatch(each -> path.equals(each) || path.startsWith(each + ".") || path.startsWith(each + "["));
        return listed && Set.of(path.split("[.\\[\\]]")).stream().noneMatch(NEVER::contains);
    }

    /**
     * What is said if others keep what they own.
     *
     * @param state what is there
     * @param wanted what is to be there
     * @param changed which of it is there and would be written
     * @param labelled puts on what we put on every object
     */
    Settled settled(State state, List<Manifest> wanted, List<Manifest> changed, Inventory labelled) {
        Map<String, Manifest> left = new LinkedHashMap<>();
        wanted.forEach(each -> left.put(each.id(), each));
        Map<String, Manifest> said = new LinkedHashMap<>();
        state.manifests().forEach(each -> said.put(each.id(), each));
        List<Problem> warnings = new ArrayList<>();
        List<Manifest> asked = changed;
        for (int round = 0; round < ROUNDS && !asked.isEmpty(); round++) {
            List<List<FieldConflict>> conflicts = apply.conflicts(labelled.added(asked));
            List<Manifest> again = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Manifest manifest = asked.get(i);
                boolean isYielded = false;
                for (FieldConflict each : conflicts.get(i)) {
                    Optional<Manifest> without =
                            isLeft(manifest, each.path()) ? without(manifest, each.path()) : Optional.empty();
                    if (without.isPresent()) {
                        manifest = without.get();
                        isYielded = true;
                        said.computeIfPresent(
                                manifest.id(),
                                (id, ours) -> without(ours, each.path()).orElse(ours));
                        warnings.add(yielded(manifest, each));
                    }
                }
                if (isYielded) {
                    left.put(manifest.id(), manifest);
                    again.add(manifest);
                }
            }
            asked = again;
        }
        return new Settled(
                new State(state.base(), state.said(), List.copyOf(said.values()), state.inForce(), state.problems()),
                List.copyOf(left.values()),
                warnings);
    }

    private Optional<Manifest> without(Manifest manifest, String path) {
        return new FieldPath(path.substring(".spec".length()))
                .removedFrom(manifest.spec(), json)
                .map(manifest::withSpec);
    }

    private static Problem yielded(Manifest manifest, FieldConflict conflict) {
        return new Problem(
                "cluster.yielded",
                manifest.id(),
                conflict.path() + " is left to \"" + conflict.manager() + "\": what it says stays in force",
                "see below what that does to requests; let the other manager give it up, or choose Conflicts.TAKE_OVER",
                Origin.unknown());
    }

    /**
     * What is taken from others, where that was chosen.
     *
     * @param changed which would be written
     * @param labelled puts on what we put on every object
     */
    List<Problem> taken(List<Manifest> changed, Inventory labelled) {
        List<List<FieldConflict>> conflicts = apply.conflicts(labelled.added(changed));
        List<Problem> warnings = new ArrayList<>();
        for (int i = 0; i < changed.size(); i++) {
            for (FieldConflict each : conflicts.get(i)) {
                warnings.add(new Problem(
                        "cluster.taken",
                        changed.get(i).id(),
                        each.path() + " is taken from \"" + each.manager() + "\"",
                        "stop the other one: if it writes the field again, so will the next plan",
                        Origin.unknown()));
            }
        }
        return warnings;
    }
}
