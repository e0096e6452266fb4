package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who was first where an apply was making an object when it was cut off: who writes where something is adds to it, and is
 * told so by an answer that nobody has read then.
 */
final class FirstThere {
    private static final int FORBIDDEN = 403;

    private FirstThere() {}

    /**
     * What somebody else had made.
     *
     * @param said what the journal tells
     * @param there what is there with our label, by {@link JournalEntry#key}
     * @return keys
     */
    static Set<String> others(Optional<Said> said, Map<String, LiveObject> there) {
        Set<String> others = new LinkedHashSet<>();
        for (JournalEntry entry : said.map(Said::doubtful).orElse(List.of())) {
            if (isOthers(there.get(entry.key()))) {
                others.add(entry.key());
            }
        }
        return others;
    }

    /**
     * The same, asked of the apiserver where the journal leaves any doubt.
     *
     * @return those of them that carry our label
     */
    static Set<String> others(Said said, LiveObjects objects, Inventory inventory) {
        List<JournalEntry> doubtful = said.doubtful();
        if (doubtful.isEmpty()) {
            return Set.of();
        }
        Map<String, LiveObject> there = new LinkedHashMap<>();
        List<Optional<LiveObject>> named = objects.named(
                        doubtful.stream().map(JournalEntry::object).toList())
                .objects();
        for (int i = 0; i < named.size(); i++) {
            String key = doubtful.get(i).key();
            named.get(i).filter(live -> inventory.has(live.manifest())).ifPresent(live -> there.put(key, live));
        }
        return others(Optional.of(said), there);
    }

    /** What stands against going on; of a journal that cannot be read or may not be, others tell. */
    static List<Problem> problems(Applying.Tools tools, Inventory inventory) {
        try {
            Said said = tools.journal().read().orElse(null);
            if (said == null) {
                return List.of();
            }
            Set<String> others = others(said, new LiveObjects(tools.transport(), tools.json()), inventory);
            return said.doubtful().stream()
                    .filter(entry -> others.contains(entry.key()))
                    .map(entry -> problem(entry.object()))
                    .toList();
        } catch (ProblemsException e) {
            return List.of();
        } catch (RefusedException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            return List.of();
        }
    }

    /**
     * Whether it was there before we wrote into it for the first time. Whoever makes an object by our way of writing owns
     * its fields from the second in which it was made; somebody else who owns some from that second on was first, unless he
     * can have come after us, as controllers do, and says nothing about requests.
     *
     * @param live as it was after we wrote once
     */
    private static boolean isOthers(@Nullable LiveObject live) {
        if (live == null) {
            return false;
        }
        String made = text(live.metadata().get("creationTimestamp"));
        for (Object each : list(live.metadata().get("managedFields"))) {
            Map<?, ?> entry = map(each);
            boolean ours = text(entry.get("manager")).equals(ClusterTarget.MANAGER);
            int later = text(entry.get("time")).compareTo(made);
            if (!entry.containsKey("subresource")
                    && (ours ? later > 0 : later <= 0 && says(map(entry.get("fieldsV1"))))) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Map<?, ?> fields) {
        return fields.containsKey("f:spec") || map(fields.get("f:metadata")).containsKey("f:labels");
    }

    /** What a plan says of it. */
    static Problem problem(Manifest object) {
        return new Problem(
                "cluster.foreign",
                object.id(),
                "was put there by somebody else before an apply wrote into it that was cut off; it carries our label since",
                "go back by lastUndo(), which takes out what we wrote; then rename one of them",
                Origin.unknown());
    }
}
