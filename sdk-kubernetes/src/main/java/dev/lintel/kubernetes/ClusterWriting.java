package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Target.Wanted;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Steps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes manifests true in a cluster: step by step, with the lease, the journal and what is waited for between. */
final class ClusterWriting {
    private final String name;
    private final ClusterReading reading;
    private final Inventory inventory;
    private final ClusterChoices choices;
    private final Applying.Tools tools;
    private final ServerSideApply apply;

    ClusterWriting(
            String name,
            ClusterReading reading,
            Inventory inventory,
            ClusterChoices choices,
            Applying.Tools tools,
            ServerSideApply apply) {
        this.name = name;
        this.reading = reading;
        this.inventory = inventory;
        this.choices = choices;
        this.tools = tools;
        this.apply = apply;
    }

    /**
     * Writes.
     *
     * @param undoes the apply that is undone; null for one that goes forwards
     * @param look whether all is as it should be; where it is not, the journal stays open
     * @return what the journal says at the end; empty if there was nothing to do
     */
    Optional<Said> write(State state, Wanted wanted, @Nullable String undoes, BooleanSupplier look) {
        Steps steps = reading.steps(state, wanted.manifests());
        if (steps.steps().isEmpty() && tools.isClosed()) {
            return Optional.empty();
        }
        Barrier barrier = barrier(state, wanted, steps);
        Applying.Task task = new Applying.Task(
                state.base(),
                JournalEntry.of(state, steps.steps(), reading::kept),
                steps.steps().size(),
                undoes);
        OwnObjects own =
                new OwnObjects(name, inventory, apply, new LiveObjects(tools.transport(), tools.json()), tools.json());
        try (Applying applying = Applying.begin(tools, task, there -> look(state, there, own, undoes != null))) {
            barrier.begin();
            for (Step step : steps.steps()) {
                barrier.before(step);
                barrier.after(step, applying.step(step.label(), () -> write(step, own)));
            }
            barrier.end();
            return Optional.of(look.getAsBoolean() ? applying.end() : applying.said());
        }
    }

    private List<LiveObject> write(Step step, OwnObjects own) {
        return switch (step.doing()) {
            case APPLY -> own.apply(inventory.added(step.manifests()), choices.conflicts());
            case DELETE -> {
                own.delete(step.manifests());
                yield List.of();
            }
        };
    }

    private Barrier barrier(State state, Wanted wanted, Steps steps) {
        int objects =
                steps.steps().stream().mapToInt(step -> step.manifests().size()).sum();
        return new Barrier(
                name,
                choices.waits(),
                steps,
                Stream.concat(state.inForce().stream(), wanted.manifests().stream())
                        .toList(),
                tools.transport(),
                tools.json(),
                new Progress(choices.listener(), objects),
                Pauses.REAL);
    }

    private Set<String> look(State state, Optional<Said> there, OwnObjects own, boolean back) {
        Map<String, LiveObject> seen = unmoved(state);
        Set<String> others = FirstThere.others(there, seen);
        if (!back && !others.isEmpty()) {
            throw new ProblemsException(
                    name,
                    seen.entrySet().stream()
                            .filter(each -> others.contains(each.getKey()))
                            .map(each -> FirstThere.problem(each.getValue().manifest()))
                            .toList());
        }
        own.found(seen, others);
        return others;
    }

    /** Somebody else may have applied between the reading and the lease. */
    private Map<String, LiveObject> unmoved(State state) {
        ClusterReading.Seen seen = reading.seen();
        String base = seen.state().base();
        if (!base.equals(state.base())) {
            throw new ProblemsException(
                    name,
                    List.of(new Problem(
                            "plan.stale",
                            name,
                            "was at '" + state.base() + "', but is at '" + base + "' now that it may be written",
                            "plan again, and read what has changed",
                            Origin.unknown())));
        }
        return seen.objects();
    }
}
