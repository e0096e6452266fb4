package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Undo;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.Target.Beside;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Target.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What we had said in the objects that one apply changed, or began to change.
 *
 * @param target where
 * @param tools by which the journal is read
 * @param apply which one
 * @param told who applied and when, for people
 * @param entries what it changed; null if that was too large to be noted
 * @param others what of these somebody else had made before, by {@link JournalEntry#key}
 */
record ClusterPast(
        ClusterTarget target,
        Applying.Tools tools,
        String apply,
        String told,
        @Nullable List<JournalEntry> entries,
        Set<String> others)
        implements Past {
    static ClusterPast of(ClusterTarget target, Applying.Tools tools, Said said, Set<String> others) {
        return new ClusterPast(
                target, tools, said.apply(), "by '" + said.holder() + "' from " + said.began(), said.entries(), others);
    }

    @Override
    public List<Problem> obstacles(State now) {
        if (entries == null) {
            return List.of(new Problem(
                    "cluster.no-way-back",
                    "ConfigMap " + tools.place(),
                    "does not hold what was there before: it was larger than " + JournalText.LIMIT + " bytes",
                    "apply the definitions of before",
                    Origin.unknown()));
        }
        Map<String, Manifest> there = byKey(now);
        List<Problem> problems = new ArrayList<>();
        boolean back = true;
        for (JournalEntry entry : entries) {
            if (entry.before() != null && others.contains(entry.key())) {
                problems.add(FirstThere.problem(entry.object()));
            }
            Manifest live = there.get(entry.key());
            back &= entry.isBack(live, target::kept);
            if (!entry.knows(live)) {
                problems.add(Undo.moved(
                        entry.id(),
                        live == null
                                ? "was deleted by somebody else"
                                : "was changed since: it is neither as it was before nor as the apply has left it"));
            }
        }
        if (back) {
            return List.of();
        }
        Optional<Said> said = tools.journal().read();
        if (said.isEmpty() || !said.get().apply().equals(apply)) {
            problems.add(Undo.moved(
                    "ConfigMap " + tools.place(),
                    said.map(each -> "tells of a later apply by '" + each.holder() + "' from " + each.began())
                            .orElse("is gone, and with it what has happened since")));
        }
        if (problems.isEmpty()) {
            problems.addAll(target.asked(now, manifests(now)));
        }
        return problems;
    }

    private static Map<String, Manifest> byKey(State now) {
        Map<String, Manifest> there = new LinkedHashMap<>();
        now.manifests().forEach(each -> there.put(Repeated.key(each), each));
        return there;
    }

    @Override
    public List<Manifest> manifests(State now) {
        Map<String, Manifest> all = byKey(now);
        for (JournalEntry entry : entries == null ? List.<JournalEntry>of() : entries) {
            if (entry.before() == null) {
                all.remove(entry.key());
            } else {
                all.put(entry.key(), entry.before());
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    public Beside beside(State now) {
        List<Problem> warnings = new ArrayList<>();
        if (!told.isEmpty()) {
            warnings.add(new Problem(
                    "cluster.undoes",
                    "ConfigMap " + tools.place(),
                    "goes back to what was there before the apply " + told,
                    "see that this is the one you mean",
                    Origin.unknown()));
        }
        for (JournalEntry entry : entries == null ? List.<JournalEntry>of() : entries) {
            if (entry.before() == null && others.contains(entry.key())) {
                warnings.add(new Problem(
                        "cluster.foreign",
                        entry.id(),
                        "was put there by somebody else before the apply wrote into it: it stays, without what we wrote",
                        "see that it says what its owner means",
                        Origin.unknown()));
            }
            if (entry.shared()) {
                warnings.add(new Problem(
                        "cluster.shared",
                        entry.id(),
                        "others had set fields in it before the apply: what it took from them comes back as ours, what it deleted does"
                                + " not",
                        "let the others apply again",
                        Origin.unknown()));
            }
        }
        return new Beside(List.of(), warnings);
    }

    @Override
    public void restore(State now, Wanted wanted) {
        target.write(now, wanted, apply, () -> true);
    }
}
