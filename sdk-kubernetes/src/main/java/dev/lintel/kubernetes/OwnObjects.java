package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects that one apply has found or made, which alone it changes and deletes: what somebody else puts in the place of
 * one of them, or where a new one is to be, is told of and left as it is.
 */
final class OwnObjects {
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    /** An object that is written all the time is not run after without end. */
    private static final int LOOKS = 5;

    private final String where;
    private final Inventory inventory;
    private final ServerSideApply apply;
    private final LiveObjects objects;
    private final Json json;
    private final Map<String, LiveObject> known = new LinkedHashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    OwnObjects(String where, Inventory inventory, ServerSideApply apply, LiveObjects objects, Json json) {
        this.where = where;
        this.inventory = inventory;
        this.apply = apply;
        this.objects = objects;
        this.json = json;
    }

    /**
     * Tells which are there, once nobody else of us may write.
     *
     * @param there by {@link Repeated#key}
     * @param first which of them were somebody else's before we wrote into them: these are given back in place of deleted
     */
    void found(Map<String, LiveObject> there, Set<String> first) {
        known.putAll(there);
        others.addAll(first);
    }

    /**
     * Writes them side by side.
     *
     * @return what the apiserver made of them, in their order
     * @throws ProblemsException if one is somebody else's; the others of the same step may have been written
     * @throws RefusedException if one is refused after all
     * @throws UnsettledException if somebody has said more in one since it was read
     */
    List<LiveObject> apply(List<Manifest> manifests, Conflicts conflicts) {
        List<Reply> replies = apply.apply(manifests, conflicts, known);
        List<LiveObject> written = new ArrayList<>(replies.size());
        List<Manifest> refused = new ArrayList<>();
        List<RefusedException> refusals = new ArrayList<>();
        List<Problem> foreign = new ArrayList<>();
        List<Problem> contested = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Manifest manifest = manifests.get(i);
            Reply reply = replies.get(i);
            if (!reply.succeeded()) {
                refused.add(manifest);
                refusals.add(new RefusedException("writing " + manifest.id(), reply, json));
                continue;
            }
            LiveObject live = LiveObjects.live(manifest, json.read(reply.body()));
            LiveObject before = known.get(Repeated.key(manifest));
            Set<String> theirs = FieldPaths.others(live.whole(), ClusterTarget.MANAGER);
            // What was sent twice for want of an answer was there the second time, and holds nothing of anybody else.
            if (before == null && reply.status() != CREATED && !theirs.isEmpty()) {
                apply.giveBack(manifest, live);
                foreign.add(foreign(manifest));
                continue;
            }
            contested.addAll(contested(manifest, before, live));
            known.put(Repeated.key(manifest), live);
            written.add(live);
        }
        foreign.addAll(inTheWay(refused));
        if (!foreign.isEmpty()) {
            throw new ProblemsException(where, foreign);
        }
        if (!refusals.isEmpty()) {
            throw refusals.get(0);
        }
        if (!contested.isEmpty()) {
            throw new UnsettledException(where, contested);
        }
        return written;
    }

    /** Of what was refused that which is no longer what was read. */
    private List<Problem> inTheWay(List<Manifest> refused) {
        List<Optional<LiveObject>> now = objects.named(refused).objects();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < refused.size(); i++) {
            Manifest manifest = refused.get(i);
            LiveObject before = known.get(Repeated.key(manifest));
            if (now.get(i).isPresent() && !isKnown(now.get(i).get(), before)) {
                problems.add(foreign(manifest));
            }
        }
        return problems;
    }

    private static boolean isKnown(LiveObject now, @Nullable LiveObject before) {
        return before != null && now.uid().equals(before.uid());
    }

    /** What others have said since in what requests go by. */
    private static List<Problem> contested(Manifest manifest, @Nullable LiveObject before, LiveObject live) {
        if (before == null) {
            return List.of();
        }
        Set<String> more = new LinkedHashSet<>(FieldPaths.others(live.whole(), ClusterTarget.MANAGER));
        more.removeAll(FieldPaths.others(before.whole(), ClusterTarget.MANAGER));
        return more.stream()
                .filter(path -> path.startsWith(".spec"))
                .map(path -> new Problem(
                        "cluster.contested",
                        manifest.id(),
                        path + " was set by \""
                                + String.join("\", \"", FieldPaths.owners(live.whole(), path))
                                + "\" after the plan was made, which does not tell what it does",
                        "plan again, and read what it does to requests",
                        Origin.unknown()))
                .toList();
    }

    /**
     * Deletes them side by side, and takes what we say out of those that were somebody else's; what is gone already is fine.
     *
     * @throws ProblemsException if one is somebody else's, or may not be looked at; then none is deleted
     * @throws RefusedException if one is not deleted
     */
    void delete(List<Manifest> manifests) {
        List<Manifest> left = manifests;
        for (int look = 1; !left.isEmpty(); look++) {
            List<LiveObject> there = new ArrayList<>();
            for (LiveObject each : ours(left)) {
                if (others.contains(Repeated.key(each.manifest()))) {
                    apply.giveBack(each.manifest(), each);
                } else {
                    there.add(each);
                }
            }
            List<Reply> replies = apply.delete(there);
            List<Manifest> again = new ArrayList<>();
            for (int i = 0; i < replies.size(); i++) {
                Reply reply = replies.get(i);
                Manifest manifest = there.get(i).manifest();
                if (reply.status() == CONFLICT && look < LOOKS) {
                    again.add(manifest);
                } else if (!reply.succeeded() && reply.status() != NOT_FOUND) {
                    throw new RefusedException("deleting " + manifest.id(), reply, json);
                }
            }
            left = again;
        }
        manifests.forEach(each -> known.remove(Repeated.key(each)));
    }

    /** Looks at them once more: in a long apply much may have happened to them. */
    private List<LiveObject> ours(List<Manifest> manifests) {
        LiveObjects.Named named = objects.named(manifests);
        List<Problem> problems = new ArrayList<>(named.problems());
        List<LiveObject> there = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            Manifest manifest = manifests.get(i);
            Optional<LiveObject> now = named.objects().get(i);
            if (now.isEmpty()) {
                continue;
            }
            if (inventory.has(now.get().manifest()) && isKnown(now.get(), known.get(Repeated.key(manifest)))) {
                there.add(now.get());
            } else {
                problems.add(foreign(manifest));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(where, problems);
        }
        return there;
    }

    private static Problem foreign(Manifest manifest) {
        return new Problem(
                "cluster.foreign",
                manifest.id(),
                "was put there by somebody else after the plan was made; it is left as it is",
                "rename one of them, or take it away; then plan again",
                Origin.unknown());
    }
}
