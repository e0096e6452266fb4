package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.core.plan.Hand;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.Question;
import dev.lintel.mesh.Target.Witness;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has said fields of an object, by {@code metadata.managedFields}. Whoever takes a field away is not in them.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Kubernetes: field
 *     management</a>
 */
final class Witnesses {
    private static final String FIELD = "f:";
    private static final int LONGEST = 128;

    private final Inventory inventory;

    Witnesses(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * What is known.
     *
     * @param question an object and fields of it
     * @param there what has its name now
     */
    Witness of(Question question, Optional<LiveObject> there) {
        if (there.isEmpty()) {
            return Witness.NONE;
        }
        LiveObject live = there.get();
        Manifest manifest = live.manifest();
        boolean ours = inventory.has(manifest);
        List<List<String>> asked = ours ? question.fields() : Inventory.FIELDS;
        String note = ours ? "" : "it " + inventory.foreign(manifest).message();
        if (live.isTerminating()) {
            note = note + (note.isEmpty() ? "" : "; ") + "it is on its way out";
        }
        List<Hand> hands = new ArrayList<>();
        for (Object entry : list(live.metadata().get("managedFields"))) {
            Map<?, ?> managed = map(entry);
            // What we say in an object that has left us is what is left of it.
            boolean left = !ours && ClusterTarget.MANAGER.equals(managed.get("manager"));
            if (!left && !managed.containsKey("subresource")) {
                Set<String> fields = fields(asked, map(managed.get("fieldsV1")));
                if (!fields.isEmpty()) {
                    hands.add(new Hand(name(managed.get("manager")), at(managed.get("time")), List.copyOf(fields)));
                }
            }
        }
        return new Witness(hands, note);
    }

    /** Of the fields that are asked about those that a manager owns, wholly or in part. */
    private static Set<String> fields(List<List<String>> asked, Map<?, ?> set) {
        Set<String> owned = new LinkedHashSet<>();
        if (asked.isEmpty()) {
            if (set.containsKey(FIELD + "spec")) {
                owned.add("spec");
            }
            return owned;
        }
        asked.stream().filter(field -> owns(field, set)).forEach(field -> owned.add(String.join(".", field)));
        return owned;
    }

    private static boolean owns(List<String> field, Map<?, ?> set) {
        Map<?, ?> left = set;
        for (String name : field) {
            if (!left.containsKey(FIELD + name)) {
                return false;
            }
            left = map(left.get(FIELD + name));
            if (left.isEmpty()) {
                return true;
            }
        }
        return true;
    }

    /** Whoever writes names itself as it likes. */
    private static String name(@Nullable Object manager) {
        String name = String.valueOf(manager);
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
    }

    private static @Nullable Instant at(@Nullable Object time) {
        try {
            return time instanceof String text ? Instant.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
