package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a plan should tell of the journal: an apply that was cut off, and one whose way back would be too long. */
final class JournalWarnings {
    private static final int FORBIDDEN = 403;
    /** With fewer objects nobody gets near the limit of a journal. */
    private static final int MANY = 1_000;

    private JournalWarnings() {}

    /**
     * What it tells of.
     *
     * @param changes whether anything changes; then what stands against it is a problem and told as such
     */
    static List<Problem> of(Applying.Tools tools, boolean changes) {
        try {
            Optional<Said> said = tools.journal().read();
            if (said.isEmpty() || !said.get().isOpen()) {
                return List.of();
            }
            return List.of(cutOff(tools, said.get(), ApplyLease.look(tools)));
        } catch (ProblemsException e) {
            return changes ? List.of() : e.problems();
        } catch (RefusedException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            return List.of(new Problem(
                    "cluster.forbidden",
                    "ConfigMap " + tools.place(),
                    "may not be read: whether an apply was cut off is not known",
                    "give the account of this client the verb get for configmaps and leases in "
                            + tools.place().namespace(),
                    Origin.unknown()));
        }
    }

    private static Problem cutOff(Applying.Tools tools, Said said, Optional<ApplyLease.Seen> lease) {
        String what = said.state().equals(ApplyJournal.APPLYING) ? "an apply" : "a way back";
        String held = lease.filter(seen -> !seen.isFree())
                .map(seen -> "; the lease is held by '" + seen.holder() + "', who renewed it at " + seen.renewed()
                        + ", so that it may be under way")
                .orElse("");
        return new Problem(
                "cluster.cut-off",
                "ConfigMap " + tools.place(),
                "tells of " + what + " by '" + said.holder() + "' from " + said.began() + " that came to step "
                        + said.step() + ", and no further" + held
                        + ": it was cut off, or stays although it is not in force",
                "apply this plan to finish, or go back by lastUndo()",
                Origin.unknown());
    }

    /** Whether what is there now fits into a journal, before anything is written. */
    static List<Problem> tooLarge(Applying.Tools tools, State state, List<Manifest> changed, List<Manifest> gone) {
        if (changed.size() + gone.size() < MANY) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        changed.forEach(each -> ids.add(each.id()));
        gone.forEach(each -> ids.add(each.id()));
        List<JournalEntry> entries = new ArrayList<>();
        state.said().stream()
                .filter(each -> ids.remove(each.id()))
                .forEach(each -> entries.add(new JournalEntry(
                        each, each, Set.of(JournalEntry.name(each), StateName.of(List.of())), false, 0)));
        changed.stream()
                .filter(each -> ids.contains(each.id()))
                .forEach(each -> entries.add(
                        new JournalEntry(each, null, Set.of(JournalEntry.name(each), JournalEntry.ABSENT), false, 1)));
        return JournalText.write(entries, tools.json()).isPresent()
                ? List.of()
                : List.of(new Problem(
                        "cluster.no-way-back",
                        "ConfigMap " + tools.place(),
                        "would not hold what is there now, which is larger than " + JournalText.LIMIT
                                + " bytes compressed: once the program has ended, nobody can go back",
                        "keep the definitions of before, or apply in parts",
                        Origin.unknown()));
    }
}
