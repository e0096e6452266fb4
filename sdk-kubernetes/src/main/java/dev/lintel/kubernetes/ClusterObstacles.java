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
        Deed deed = Deed.of(reading, state, manifests);
        ClusterRights rights =
                new ClusterRights(reading.schemas(), tools, !choices.waits().isNone());
        List<Problem> problems = new ArrayList<>();
        if (state.problems().isEmpty()) {
            problems.addAll(taken(deed.made()));
            problems.addAll(PrunedFields.of(deed.changed(), reading.schemas()));
            Set<String> told = new LinkedHashSet<>();
            problems.stream()
                    .filter(problem -> !problem.code().equals(FORBIDDEN))
                    .forEach(problem -> told.add(problem.path()));
            problems.addAll(apply.rehearse(
                    inventory.added(deed.changed().stream()
                            .filter(each -> !told.contains(each.id()))
                            .toList()),
                    choices.conflicts()));
            problems.addAll(apply.rehearseDeletion(deed.gone()));
        } else if (!state.problems().stream().allMatch(problem -> problem.code().equals(FORBIDDEN))) {
            // What is there is not known, and so is not what would change.
            return List.of();
        }
        problems.addAll(rights.missing(state, deed));
        if (deed.changes()) {
            problems.addAll(JournalRights.missing(tools));
        }
        if (rights.waits() && state.problems().isEmpty()) {
            problems.addAll(new ReadyEndpoints(tools.transport(), tools.json())
                    .forbidden(Share.of(deed.changed(), deed.all())));
        }
        return problems;
    }

    /** Names under which somebody else has put an object already, which nobody but we would notice: alone, and quickly. */
    List<Problem> taken(State state, List<Manifest> manifests) {
        return taken(Deed.of(reading, state, manifests).made());
    }

    private List<Problem> taken(List<Manifest> made) {
        List<Problem> problems = new ArrayList<>();
        LiveObjects.Named named = new LiveObjects(tools.transport(), tools.json()).named(made);
        named.objects().forEach(there -> there.ifPresent(live -> problems.add(inventory.foreign(live.manifest()))));
        problems.addAll(named.problems());
        return problems;
    }
}
