package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.steps.Steps;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is there of one inventory, as the cluster keeps it, and what differs from it. */
final class ClusterReading {
    private final Inventory inventory;
    private final Transport transport;
    private final Json json;
    private final OwnedFields fields;
    private final LiveObjects objects;
    /** As the cluster told them when it was last read. */
    private volatile @Nullable Schemas schemas;
    /** One plan asks for the same several times. */
    private volatile SoftReference<@Nullable Compared> compared = new SoftReference<>(null);

    /** What was found to differ. */
    private record Compared(State state, List<Manifest> manifests, List<Manifest> changed) {}

    ClusterReading(Inventory inventory, Transport transport, Json json) {
        this.inventory = inventory;
        this.transport = transport;
        this.json = json;
        this.fields = new OwnedFields(json);
        this.objects = new LiveObjects(transport, json);
    }

    /**
     * What is there, and the objects that say so.
     *
     * @param objects by {@link Repeated#key}
     */
    record Seen(State state, Map<String, LiveObject> objects) {}

    State read() {
        return seen().state();
    }

    Seen seen() {
        Map<String, LiveObject> seen = new LinkedHashMap<>();
        List<Manifest> said = new ArrayList<>();
        List<Manifest> keeps = new ArrayList<>();
        List<Manifest> inForce = new ArrayList<>();
        Schemas before = schemas;
        Schemas told = before == null
                ? Schemas.read(ObjectKind.READ, transport, json)
                : before.again(ObjectKind.READ, transport, json);
        schemas = told;
        LiveObjects.Found found = objects.all(told.known(ObjectKind.ALL), inventory.selector());
        List<Problem> problems = new ArrayList<>(found.problems());
        for (LiveObject live : found.objects()) {
            try {
                Manifest whole = inventory.removed(live.manifest());
                Manifest ours = once(
                        whole,
                        inventory.removed(
                                live.owned(fields, ClusterTarget.MANAGER).orElseGet(() -> bare(live))));
                Manifest keep = once(whole, kept(ours));
                seen.put(Repeated.key(whole), live);
                inForce.add(whole);
                said.add(ours);
                keeps.add(keep);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        "cluster.unread",
                        live.kind().kind() + " " + live.namespace() + "/" + live.name(),
                        String.valueOf(e.getMessage()),
                        "mend it, or take our label from it",
                        Origin.unknown()));
            }
        }
        return new Seen(new State(StateName.of(inForce), said, keeps, inForce, problems), seen);
    }

    /** An object that carries our label and in which we have said nothing: somebody else's tool has put it there. */
    private static Manifest bare(LiveObject live) {
        return new Manifest(
                live.kind().apiVersion(),
                live.kind().kind(),
                live.namespace(),
                live.name(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** Thousands of objects say the same three times. */
    private static Manifest once(Manifest known, Manifest same) {
        return same.equals(known) ? known : same;
    }

    Manifest kept(Manifest manifest) {
        Optional<ObjectKind> kind = ObjectKind.of(manifest);
        if (kind.isEmpty()) {
            return manifest;
        }
        Map<String, Object> spec = schemas().of(kind.get()).defaulted(manifest.spec());
        return spec == manifest.spec() ? manifest : manifest.withSpec(spec);
    }

    Schemas schemas() {
        Schemas known = schemas;
        if (known == null) {
            known = Schemas.read(ObjectKind.READ, transport, json);
            schemas = known;
        }
        return known;
    }

    /** What is not there as it is to be. */
    List<Manifest> changed(State state, List<Manifest> manifests) {
        @Nullable Compared last = compared.get();
        if (last != null && last.state() == state && last.manifests() == manifests) {
            return last.changed();
        }
        Map<String, Manifest> there = new LinkedHashMap<>();
        state.manifests().forEach(each -> there.put(each.id(), each));
        List<Manifest> changed = manifests.stream()
                .filter(each -> !kept(each).equals(there.get(each.id())))
                .toList();
        compared = new SoftReference<>(new Compared(state, manifests, changed));
        return changed;
    }

    /** What is there and is not to be. */
    static List<Manifest> gone(State state, List<Manifest> manifests) {
        Set<String> kept = ids(manifests);
        return state.inForce().stream()
                .filter(each -> !kept.contains(each.id()))
                .toList();
    }

    /** What has not changed stands on both sides as it is in force. */
    Steps steps(State state, List<Manifest> manifests) {
        List<Manifest> changed = changed(state, manifests);
        if (changed.isEmpty() && gone(state, manifests).isEmpty()) {
            return new Steps(List.of(), List.of());
        }
        Map<String, Manifest> after = new LinkedHashMap<>();
        state.inForce().forEach(each -> after.put(Repeated.key(each), each));
        after.keySet().retainAll(manifests.stream().map(Repeated::key).collect(Collectors.toSet()));
        changed.forEach(each -> after.put(Repeated.key(each), each));
        return Steps.between(state.inForce(), List.copyOf(after.values()));
    }

    static Set<String> ids(List<Manifest> manifests) {
        Set<String> ids = new LinkedHashSet<>();
        manifests.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
