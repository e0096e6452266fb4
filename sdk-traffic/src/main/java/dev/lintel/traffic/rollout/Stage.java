package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import dev.lintel.traffic.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The world in which a rollout happens. It is never allowed to widen access on the way. */
final class Stage {
    /** How it is told that the world is another one. */
    static final String DIFFERS = "the world is not what the definitions say: ";

    static final String REMEDY = "; apply them first, or resume to have it done together with the step";
    private static final int NAMED = 3;

    private final Rollout plan;
    private final Backend backend;
    private final Supplier<? extends Collection<? extends Definition>> definitions;

    Stage(Rollout plan, Backend backend, Supplier<? extends Collection<? extends Definition>> definitions) {
        this.plan = plan;
        this.backend = backend;
        this.definitions = definitions;
    }

    /** What the world has that the definitions do not say, and the other way round. */
    Signal compare(List<Split.Share> weights) {
        try {
            Plan difference = backend.plan(with(weights));
            if (!difference.problems().isEmpty()) {
                return new Signal.NotApplied(Words.problems(difference.problems()), true);
            }
            return new Signal.Compared(difference.isEmpty() ? "" : changes(difference));
        } catch (RuntimeException e) {
            return new Signal.NotApplied(Words.failure(e), true);
        }
    }

    /**
     * Sets weights; does nothing where they are in force already.
     *
     * @param from a world that is anything else but the definitions with one of these weights is left alone: somebody else
     *     has changed it since, and to apply the definitions would undo that; empty where that is wanted
     */
    Signal apply(List<Split.Share> weights, List<List<Split.Share>> from) {
        try {
            Plan change = backend.plan(with(weights));
            if (!change.problems().isEmpty()) {
                return new Signal.NotApplied(Words.problems(change.problems()), true);
            }
            if (change.widens()) {
                return new Signal.NotApplied(
                        "this would widen access, which a rollout never does: " + widening(change), false);
            }
            if (change.isEmpty()) {
                return new Signal.Applied(false);
            }
            String difference = difference(from);
            if (!difference.isEmpty()) {
                return new Signal.NotApplied(DIFFERS + difference + REMEDY, true);
            }
            // What is changed from here on makes the plan a stale one.
            backend.apply(change);
            return new Signal.Applied(true);
        } catch (RuntimeException e) {
            // Above all a world that has moved since the plan was made: what is tried again is planned anew.
            return new Signal.NotApplied(Words.failure(e), true);
        }
    }

    /** How the world differs from the definitions with the first of some weights; empty if it is as one of them says. */
    private String difference(List<List<Split.Share>> from) {
        String first = "";
        for (List<Split.Share> weights : from) {
            Plan plan = backend.plan(with(weights));
            if (plan.isEmpty()) {
                return "";
            }
            first = first.isEmpty() ? changes(plan) : first;
        }
        return first;
    }

    private List<Definition> with(List<Split.Share> weights) {
        List<Definition> all = new ArrayList<>();
        boolean found = false;
        for (Definition definition : definitions.get()) {
            if (definition instanceof ApiDefinition api
                    && api.id().equals(plan.api().id())) {
                found = true;
                all.add(Weights.with(api, weights));
            } else {
                all.add(definition);
            }
        }
        if (!found) {
            throw new RolloutException(missing(plan));
        }
        return all;
    }

    static String missing(Rollout plan) {
        return "'" + plan.api().id()
                + "' is not among the definitions of this world; a plan without it would delete it,"
                + " so give on() all of them";
    }

    private static String changes(Plan plan) {
        List<String> objects = plan.changes().stream()
                .filter(change -> !(change instanceof Change.Keep))
                .map(Change::object)
                .toList();
        return objects.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (objects.size() > NAMED ? " and " + (objects.size() - NAMED) + " more" : "")
                + (objects.size() == 1 ? " differs" : " differ");
    }

    private static String widening(Plan plan) {
        return Words.line(
                plan.effects().stream().filter(Effect::widens).map(Effect::text).collect(Collectors.joining("; ")));
    }
}
