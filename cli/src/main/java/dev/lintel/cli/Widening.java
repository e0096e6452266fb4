package dev.lintel.cli;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import java.util.List;

/** What lets more through needs a reason: a backend refuses it, and here it is said in the words of the command line. */
final class Widening {
    private Widening() {}

    /**
     * Looks whether the plan may be gone on with; nobody is asked about one that is refused anyway. One that has nothing to do opens
     * nothing.
     *
     * @param code of the problems
     * @param what what they begin with
     * @throws ProblemsException if access is widened without a reason
     */
    static void requireReason(Plan plan, String code, String what) {
        if (plan.widening() != null || !plan.widens() || plan.isEmpty()) {
            return;
        }
        List<Problem> problems = plan.effects().stream()
                .filter(effect -> effect.widens())
                .map(effect -> new Problem(
                        code,
                        "plan for " + plan.world(),
                        what + effect.text(),
                        "if that is meant, say --allow-widening \"reason\"",
                        Origin.orUnknown(effect.origin())))
                .toList();
        throw new ProblemsException("the plan for " + plan.world(), problems);
    }
}
