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
     * Refuses a plan that must not be applied: one with problems, one that was made for another state of the world, one
     * that widens access without permission.
     *
     * @param plan the plan
     * @param revision the state of the world as it is, in the words of {@link Plan#base()}
     * @throws ProblemsException if it must not be applied; it holds all reasons
     */
    public static void require(Plan plan, String revision) {
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (!plan.base().equals(revision)) {
            problems.add(new Problem(
                    "plan.stale",
                    "plan for " + plan.world(),
                    "was made for state '" + plan.base() + "', but the world is at '" + revision + "' now",
                    "plan again, and read what has changed",
                    Origin.unknown()));
        }
        if (plan.widening() == null) {
            for (Effect effect : plan.effects()) {
                if (effect.widens()) {
                    problems.add(new Problem(
                            "plan.widens",
                            "plan for " + plan.world(),
                            "widens access: " + effect.text(),
                            "if that is meant, say allowWidening(\"reason\") on the plan",
                            effect.origin()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException("the plan for " + plan.world(), problems);
        }
    }
}
