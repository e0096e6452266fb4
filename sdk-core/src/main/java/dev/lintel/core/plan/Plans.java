package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.util.ArrayList;
import java.util.List;

/** What every backend asks of a plan before it applies it. */
public final class Plans {
    private Plans() {}

    /**
     * Refuses a plan that must not be applied.
     *
     * @param plan the plan
     * @param world the backend's name, as in {@link Plan#world()}
     * @param base the state of the world as it is, in the words of {@link Plan#base()}
     * @throws ProblemsException if there are {@link #obstacles}; it holds all of them
     */
    public static void require(Plan plan, String world, String base) {
        List<Problem> obstacles = obstacles(plan, world, base);
        if (!obstacles.isEmpty()) {
            throw new ProblemsException("the plan for " + plan.world(), obstacles);
        }
    }

    /**
     * Why a plan must not be applied: it has problems, it was made for another world or for another state of it, it
     * widens access without permission.
     *
     * @param plan the plan
     * @param world the backend's name, as in {@link Plan#world()}
     * @param base the state of the world as it is, in the words of {@link Plan#base()}
     * @return all reasons, empty if there is none
     */
    public static List<Problem> obstacles(Plan plan, String world, String base) {
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (!plan.world().equals(world)) {
            problems.add(new Problem(
                    "plan.foreign",
                    "plan for " + plan.world(),
                    "was made for '" + plan.world() + "', but this is '" + world + "'",
                    "let the backend that made it apply it",
                    Origin.unknown()));
        } else if (!plan.base().equals(base)) {
            problems.add(new Problem(
                    "plan.stale",
                    "plan for " + plan.world(),
                    "was made for state '" + plan.base() + "', but the world is at '" + base + "' now",
                    "plan again, and read what has changed",
                    Origin.unknown()));
        }
        if (plan.widening() == null) {
            plan.effects().stream().filter(Effect::widens).forEach(effect -> problems.add(widens(plan, effect)));
        }
        return problems;
    }

    private static Problem widens(Plan plan, Effect effect) {
        return new Problem(
                "plan.widens",
                "plan for " + plan.world(),
                "widens access: " + effect.text(),
                "if that is meant, say allowWidening(\"reason\") on the plan",
                effect.origin());
    }
}
