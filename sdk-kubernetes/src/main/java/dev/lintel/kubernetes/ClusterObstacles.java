package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why a cluster would not take some manifests, asked before anything is written. */
final class ClusterObstacles {
    private static final String FORBIDDEN = "cluster.forbidden";

    private final ClusterReading reading;
    private final Inventory inventory;
    private final ClusterChoices choices;
    private final Applying.Tools tools;
    private final ServerSideApply apply;

    ClusterObstacles(
            ClusterReading reading,
            Inventory inventory,
            ClusterChoices choices,
            Applying.Tools tools,
            ServerSideApply apply) {
        this.reading = reading;
        this.inventory = inventory;
        this.choices = choices;
        this.tools = tools;
        this.apply = apply;
    }

    List<Problem> of(State state, List<Manifest> manifests) {
        if (!state.problems().isEmpty()) {
            // What is there is not known, and so is not what would change; but what any change takes is.
            return state.problems().stream().allMatch(problem -> problem.code().equals(FORBIDDEN))
                    ? new Permissions(tools.transport(), tools.json()).missing(unread(state, manifests))
                    : List.of();
        }
        List<Manifest> changed = reading.changed(state, manifests);
        List<Problem> problems = new ArrayList<>(taken(state, changed));
        problems.addAll(PrunedFields.of(changed, reading.schemas()));
        Set<String> told = new LinkedHashSet<>();
        problems.stream()
                .filter(problem -> !problem.code().equals(FORBIDDEN))
                .forEach(problem -> told.add(problem.path()));
        problems.addAll(apply.rehearse(
                inventory.added(changed.stream()
                        .filter(each -> !told.contains(each.id()))
                        .toList()),
                choices.conflicts()));
        List<Manifest> gone = ClusterReading.gone(state, manifests);
        problems.addAll(apply.rehearseDeletion(gone));
        if (!changed.isEmpty() || !gone.isEmpty()) {
            problems.addAll(JournalRights.missing(tools));
        }
        if (!choices.waits().isNone()) {
            problems.addAll(
                    new ReadyEndpoints(tools.transport(), tools.json()).forbidden(Share.of(changed, manifests)));
        }
        return problems;
    }

    /** What it may take to apply to a cluster of which some kinds may not be listed; that itself is told already. */
    private Rights unread(State state, List<Manifest> manifests) {
        Set<String> unlisted = new LinkedHashSet<>();
        state.problems().forEach(problem -> unlisted.add(problem.path()));
        Set<String> there = ClusterReading.ids(state.inForce());
        List<Manifest> changed = reading.changed(state, manifests);
        return Rights.of(
                reading.schemas().known(ObjectKind.BESIDE).stream()
                        .filter(kind -> !unlisted.contains(kind.plural()))
                        .toList(),
                changed.stream().filter(each -> !there.contains(each.id())).toList(),
                changed.stream().filter(each -> there.contains(each.id())).toList(),
                ClusterReading.gone(state, manifests));
    }

    /** Names under which somebody else has put an object already. */
    private List<Problem> taken(State state, List<Manifest> changed) {
        Set<String> ours = ClusterReading.ids(state.inForce());
        List<Manifest> made =
                changed.stream().filter(each -> !ours.contains(each.id())).toList();
        List<Problem> problems = new ArrayList<>();
        LiveObjects.Named named = new LiveObjects(tools.transport(), tools.json()).named(made);
        named.objects().forEach(there -> there.ifPresent(live -> problems.add(inventory.foreign(live.manifest()))));
        problems.addAll(named.problems());
        return problems;
    }
}
