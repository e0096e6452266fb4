package dev.lintel.core.plan;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The difference between a world and the definitions.
 *
 * @param world the backend's name, for people
 * @param base the state of the world that the plan was made for; a plan for another state is stale
 * @param desired what the definitions mean together
 * @param changes one for each object, kept ones included
 * @param effects what the changes do to requests
 * @param problems why this plan cannot be applied; empty if it can
 * @param warnings what should be known before it is applied
 * @param deviations where this world answers differently from the standard, as far as these definitions touch it
 * @param guarantees what is promised about requests, and how hard each promise is here
 * @param widening why access may be widened; null if that was not allowed
 */
public record Plan(
        String world,
        String base,
        MeshModel desired,
        List<Change> changes,
        List<Effect> effects,
        List<Problem> problems,
        List<Problem> warnings,
        List<Deviation> deviations,
        List<Guarantee> guarantees,
        @Nullable String widening) {
    /** Keeps the lists unchangeable. */
    public Plan {
        guarantees = List.copyOf(guarantees);
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        deviations = List.copyOf(deviations);
    }

    /**
     * A plan of a world that says nothing about how hard its promises are.
     *
     * @param world the backend's name
     * @param base the state of the world that the plan was made for
     * @param desired what the definitions mean together
     * @param changes one for each object
     * @param effects what the changes do to requests
     * @param problems why this plan cannot be applied
     * @param warnings what should be known before it is applied
     * @param deviations where this world answers differently
     * @param widening why access may be widened
     */
    public Plan(
            String world,
            String base,
            MeshModel desired,
            List<Change> changes,
            List<Effect> effects,
            List<Problem> problems,
            List<Problem> warnings,
            List<Deviation> deviations,
            @Nullable String widening) {
        this(world, base, desired, changes, effects, problems, warnings, deviations, List.of(), widening);
    }

    /**
     * Whether applying it would change nothing.
     *
     * @return true if every change is a {@link Change.Keep}
     */
    public boolean isEmpty() {
        return changes.stream().allMatch(change -> change instanceof Change.Keep);
    }

    /**
     * Whether it lets requests through that are refused now.
     *
     * @return true if an effect widens access
     */
    public boolean widens() {
        return effects.stream().anyMatch(Effect::widens);
    }

    /**
     * The same plan, allowed to widen access.
     *
     * @param reason why, for those who read it later
     * @return a new plan
     */
    public Plan allowWidening(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("widening access needs a reason");
        }
        return new Plan(world, base, desired, changes, effects, problems, warnings, deviations, guarantees, reason);
    }

    /**
     * The same plan with more warnings, for what is known only when it has been applied.
     *
     * @param more what should be known besides
     * @return a new plan, or this one if there is nothing
     */
    public Plan warned(List<Problem> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Problem> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Plan(world, base, desired, changes, effects, problems, all, deviations, guarantees, widening);
    }

    /**
     * The plan as people read it, without colours.
     *
     * @return objects with their diffs, then what happens to requests, then problems, warnings, deviations and counts
     */
    public String render() {
        return render(false);
    }

    /**
     * The plan as people read it.
     *
     * @param colours whether to colour it by the escapes of a terminal (ECMA-48)
     * @return objects with their diffs, then what happens to requests, then problems, warnings, deviations and counts
     */
    public String render(boolean colours) {
        return new PlanText(this, colours, true).render();
    }

    /**
     * The plan in short: what {@link #render(boolean)} says, with a line for each object and for each deviation its code alone.
     *
     * @param colours whether to colour it by the escapes of a terminal (ECMA-48)
     * @return objects by name, then what happens to requests, then problems, warnings, deviations and counts
     */
    public String summary(boolean colours) {
        return new PlanText(this, colours, false).render();
    }

    /** The plan as people read it, without colours. */
    @Override
    public String toString() {
        return render();
    }
}
