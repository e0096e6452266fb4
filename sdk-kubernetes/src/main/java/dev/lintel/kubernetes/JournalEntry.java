package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.steps.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object that an apply changes: what we said in it before, and the names of all that the steps make of it.
 *
 * @param object its kind and name; what else it holds says nothing
 * @param before null if there was none of ours; with what others had said in fields that the steps take over
 * @param named the names of what it was before and becomes by any step; {@link #ABSENT} where it is not there
 * @param shared whether others had set fields in it too, which do not come back with a deleted object
 * @param made the step, from 1, that makes it where nothing was; 0 if none does, {@link #DOUBTFUL} if somebody else seems to
 *     have been there first
 */
record JournalEntry(Manifest object, @Nullable Manifest before, Set<String> named, boolean shared, int made) {
    /** The name of what is not there. */
    static final String ABSENT = "-";
    /** A step that is never done. */
    static final int DOUBTFUL = Integer.MAX_VALUE;

    JournalEntry {
        named = Collections.unmodifiableSet(new LinkedHashSet<>(named));
    }

    /**
     * What some steps change.
     *
     * @param state what is there
     * @param steps what is to be done
     * @param kept objects as the target keeps them
     */
    static List<JournalEntry> of(State state, List<Step> steps, UnaryOperator<Manifest> kept) {
        Map<String, Set<String>> named = new LinkedHashMap<>();
        Map<String, Manifest> objects = new LinkedHashMap<>();
        Map<String, Integer> first = new LinkedHashMap<>();
        Map<String, Manifest> last = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            for (Manifest each : step.manifests()) {
                objects.putIfAbsent(Repeated.key(each), each);
                first.putIfAbsent(Repeated.key(each), i + 1);
                last.put(Repeated.key(each), each);
                named.computeIfAbsent(Repeated.key(each), key -> new LinkedHashSet<>())
                        .add(step.doing() == Step.Doing.DELETE ? ABSENT : name(kept.apply(each)));
            }
        }
        Map<String, Manifest> said = byKey(state.said());
        Map<String, Manifest> keeps = byKey(state.manifests());
        Map<String, Manifest> inForce = byKey(state.inForce());
        List<JournalEntry> entries = new ArrayList<>();
        objects.forEach((key, object) -> {
            Set<String> names = named.getOrDefault(key, new LinkedHashSet<>());
            Manifest ours = said.get(key);
            Manifest there = keeps.get(key);
            Manifest live = inForce.get(key);
            names.add(there == null ? ABSENT : name(there));
            boolean shared = there != null && !there.equals(live);
            Manifest before = ours == null || there == null || live == null
                    ? ours
                    : TakenFields.with(ours, there, live, last.getOrDefault(key, object));
            if (before != null) {
                names.add(name(kept.apply(before)));
            }
            int made = there == null ? first.getOrDefault(key, 0) : 0;
            entries.add(new JournalEntry(object, before, names, shared, made));
        });
        return entries;
    }

    private static Map<String, Manifest> byKey(List<Manifest> manifests) {
        Map<String, Manifest> map = new LinkedHashMap<>();
        manifests.forEach(each -> map.put(Repeated.key(each), each));
        return map;
    }

    /** Names what an object says, kept as the target keeps it. */
    static String name(Manifest kept) {
        return StateName.of(List.of(kept));
    }

    String id() {
        return object.id();
    }

    /** As {@link Repeated#key} has it: kinds of two groups may have one name. */
    String key() {
        return Repeated.key(object);
    }

    /**
     * The same for whoever goes on, whose steps are counted anew.
     *
     * @param others whether it was somebody else's
     */
    JournalEntry settled(boolean others) {
        return new JournalEntry(object, before, named, shared, others ? DOUBTFUL : 0);
    }

    /** What an apply that goes on changes of all that was changed since the world was whole. */
    static List<JournalEntry> together(List<JournalEntry> begun, List<JournalEntry> more) {
        Map<String, JournalEntry> all = new LinkedHashMap<>();
        begun.forEach(each -> all.put(each.key(), each));
        more.forEach(each -> all.merge(
                each.key(),
                each,
                (old, now) -> new JournalEntry(
                        old.object,
                        old.before,
                        Stream.concat(old.named.stream(), now.named.stream()).collect(Collectors.toSet()),
                        old.shared,
                        Math.max(old.made, now.made))));
        return List.copyOf(all.values());
    }

    /** Whether it is as some step has left it, or as it was before. */
    boolean knows(@Nullable Manifest there) {
        return named.contains(there == null ? ABSENT : name(there));
    }

    /** Whether it is as it was before. */
    boolean isBack(@Nullable Manifest there, UnaryOperator<Manifest> kept) {
        return there == null ? before == null : before != null && name(there).equals(name(kept.apply(before)));
    }
}
