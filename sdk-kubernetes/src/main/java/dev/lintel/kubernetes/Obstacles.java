package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands against an apply, all of it before anything is written: names that others have, what a dry run on the server
 * refuses, and rights that are missing.
 */
record Obstacles(
        ClusterRights rights, LiveObjects objects, ServerSideApply apply, Inventory inventory, Conflicts conflicts) {
    private static final String FORBIDDEN = "cluster.forbidden";

    List<Problem> of(State state, ClusterRights.Deed deed) {
        Applying.Tools tools = rights.tools();
        boolean changes = !deed.changed().isEmpty() || !deed.gone().isEmpty();
        List<Problem> problems = new ArrayList<>();
        if (!state.problems().isEmpty()) {
            // What is there is not known, and so is not what would change; but what any change takes is.
            if (state.problems().stream().allMatch(problem -> problem.code().equals(FORBIDDEN))) {
                problems.addAll(rights.missing(state, deed));
                problems.addAll(changes ? JournalRights.missing(tools) : List.of());
            }
            return problems;
        }
        problems.addAll(taken(deed.made()));
        Set<String> told = new LinkedHashSet<>();
        problems.stream()
                .filter(problem -> !problem.code().equals(FORBIDDEN))
                .forEach(problem -> told.add(problem.path()));
        problems.addAll(apply.rehearse(
                inventory.added(deed.changed().stream()
                        .filter(each -> !told.contains(each.id()))
                        .toList()),
                conflicts));
        problems.addAll(apply.rehearseDeletion(deed.gone()));
        problems.addAll(changes ? JournalRights.missing(tools) : List.of());
        problems.addAll(rights.missing(state, deed));
        if (rights.waits()) {
            problems.addAll(new ReadyEndpoints(tools.transport(), tools.json())
                    .forbidden(Share.of(deed.changed(), deed.all())));
        }
        return problems;
    }

    /** Names under which somebody else has put an object already. */
    private List<Problem> taken(List<Manifest> made) {
        List<Problem> problems = new ArrayList<>();
        LiveObjects.Named named = objects.named(made);
        named.objects().forEach(there -> there.ifPresent(live -> problems.add(inventory.foreign(live.manifest()))));
        problems.addAll(named.problems());
        return problems;
    }
}
