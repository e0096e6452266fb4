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

    /** An apply goes the way that its plan has told of. */
    private volatile SoftReference<@Nullable Way> way = new SoftReference<>(null);
    /** The objects that were read last: one that has not been written since says the same. */
    private volatile SoftReference<@Nullable Known> known = new SoftReference<>(null);

    /** What was found to differ. */
    private record Compared(State state, List<Manifest> manifests, List<Manifest> changed) {}

    /** Steps from some objects to others. */
    private record Way(List<Manifest> before, List<Manifest> after, Steps steps) {}

    /**
     * What was understood of all objects.
     *
     * @param schemas by which it was
     * @param understood by their paths
     * @param state all of it
     */
    private record Known(Schemas schemas, Map<String, Understood> understood, State state) {}

    /**
     * One object.
     *
     * @param version changes with each write to it, and is another one for another object
     * @param said what we have said in it
     * @param keeps the same as the cluster keeps it
     * @param inForce with what others have said
     */
    private record Understood(String version, Manifest said, Manifest keeps, Manifest inForce) {}

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
        Map<String, Understood> all = new LinkedHashMap<>();
        Schemas before = schemas;
        Schemas told = before == null
                ? Schemas.read(ObjectKind.READ, transport, json)
                : before.again(ObjectKind.READ, transport, json);
        schemas = told;
        LiveObjects.Found found = objects.all(told.known(ObjectKind.ALL), inventory.selector());
        List<Problem> problems = new ArrayList<>(found.problems());
        List<LiveObject> there = new ArrayList<>(found.objects());
        // What fences a front in is there before the rest of it and goes after it, so that nothing is overlooked.
        List<ObjectKind> workloads = ObjectKind.workloads(
                there.stream().map(LiveObject::manifest).toList());
        if (!workloads.isEmpty()) {
            LiveObjects.Found more = objects.all(workloads, inventory.selector());
            problems.addAll(more.problems());
            there.addAll(more.objects());
        }
        @Nullable Known last = known.get();
        Map<String, Understood> understood =
                last == null || !last.schemas().isSame(told) ? Map.of() : last.understood();
        for (LiveObject live : there) {
            try {
                String path = live.kind().path(live.namespace(), live.name());
                Understood then = understood.get(path);
                Understood now = then != null && then.version().equals(version(live)) ? then : understood(live);
                seen.put(Repeated.key(now.inForce()), live);
                all.put(path, now);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        "cluster.unread",
                        live.kind().kind() + " " + live.namespace() + "/" + live.name(),
                        String.valueOf(e.getMessage()),
                        "mend it, or take our label from it",
                        Origin.unknown()));
            }
        }
        State state = state(List.copyOf(all.values()), problems, last == null ? null : last.state());
        known = new SoftReference<>(new Known(told, all, state));
        return new Seen(state, seen);
    }

    private Understood understood(LiveObject live) {
        Manifest whole = inventory.removed(live.manifest());
        Manifest said = once(
                whole,
                inventory.removed(live.owned(fields, ClusterTarget.MANAGER).orElseGet(() -> bare(live))));
        return new Understood(version(live), said, once(whole, kept(said)), whole);
    }

    /** No two objects ever have the same, nor one before and after a write. */
    private static String version(LiveObject live) {
        return live.uid() + " " + live.resourceVersion();
    }

    private static State state(List<Understood> all, List<Problem> problems, @Nullable State before) {
        List<Manifest> inForce = all.stream().map(Understood::inForce).toList();
        return new State(
                before != null && before.inForce().equals(inForce) ? before.base() : StateName.of(inForce),
                all.stream().map(Understood::said).toList(),
                all.stream().map(Understood::keeps).toList(),
                inForce,
                problems);
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
        return spec.equals(manifest.spec()) ? manifest : manifest.withSpec(spec);
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
        if (last != null && last.manifests().equals(manifests) && last.state().equals(state)) {
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
        List<Manifest> wanted = List.copyOf(after.values());
        @Nullable Way last = way.get();
        if (last != null
                && last.before().equals(state.inForce())
                && last.after().equals(wanted)) {
            return last.steps();
        }
        Steps steps = Steps.between(state.inForce(), wanted);
        way = new SoftReference<>(new Way(state.inForce(), wanted, steps));
        return steps;
    }

    static Set<String> ids(List<Manifest> manifests) {
        Set<String> ids = new LinkedHashSet<>();
        manifests.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
