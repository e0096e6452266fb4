package dev.lintel.embedded;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.embedded.world.Planner;
import dev.lintel.embedded.world.View;
import java.util.List;

/** From the model of one apply back to the model before it. What is bound is no part of an apply, and stays. */
final class GatewayWay implements Undo.Way {
    private final Gateway gateway;
    private final Planner planner;
    private final MeshModel before;
    private final int made;
    /** The generation that going back has made; that of the apply until then. */
    private volatile int gone;

    GatewayWay(Gateway gateway, Planner planner, View before, View after) {
        this.gateway = gateway;
        this.planner = planner;
        this.before = before.evaluator().model();
        this.made = after.generation();
        this.gone = made;
    }

    @Override
    public Plan plan() {
        return plan(gateway.view());
    }

    private Plan plan(View now) {
        boolean moved = now.generation() != made && now.generation() != gone;
        return planner.back(
                now,
                before,
                moved
                        ? List.of(Undo.moved(
                                gateway.toString(),
                                "was brought to 'model " + made + "', but is at 'model " + now.generation() + "' now"))
                        : List.of());
    }

    @Override
    public void go(Plan plan) {
        gateway.swap(now -> {
            List<Problem> problems = plan(now).problems();
            if (!problems.isEmpty()) {
                throw new ProblemsException("the way back in " + gateway, problems);
            }
            View back = now.apply(before);
            gone = back.generation();
            return back;
        });
    }
}
