package dev.lintel.embedded.world;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares what a gateway does with what definitions say, and checks that a plan may be applied. */
public final class Planner {
    private final String name;
    private final World world;

    /**
     * A planner.
     *
     * @param name the gateway's, for people and to tell plans of different gateways apart
     * @param world what is known beforehand
     */
    public Planner(String name, World world) {
        this.name = name;
        this.world = world;
    }

    /** What would change. */
    public Plan plan(View now, Collection<ApiDefinition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, world);
        MeshModel desired = compiled.model();
        List<Problem> problems = new ArrayList<>(compiled.problems());
        desired.apis().forEach(api -> problems.addAll(Needs.unbound(api, now.bindings())));
        return new Plan(
                name,
                base(now),
                desired,
                changes(now.evaluator().model(), desired),
                List.of(),
                problems,
                compiled.warnings(),
                List.of(),
                null);
    }

    /** Why a plan cannot be applied now; empty if it can. */
    public List<Problem> obstacles(View now, Plan plan) {
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (!plan.world().equals(name) || !plan.base().equals(base(now))) {
            problems.add(problem(
                    "plan.stale",
                    "was made for " + plan.world() + ", " + plan.base() + ", but this is " + name + ", " + base(now),
                    "plan again and look at the new plan"));
        }
        if (plan.widens() && plan.widening() == null) {
            problems.add(problem(
                    "plan.widens",
                    "lets requests through that are refused now",
                    "look at its effects, then say plan.allowWidening(\"reason\")"));
        }
        if (problems.isEmpty()) {
            plan.desired().apis().forEach(api -> problems.addAll(Needs.unbound(api, now.bindings())));
        }
        return problems;
    }

    private static Problem problem(String code, String message, String hint) {
        return new Problem(code, "plan", message, hint, Origin.unknown());
    }

    private static String base(View now) {
        return "model " + now.generation();
    }

    private static List<Change> changes(MeshModel before, MeshModel after) {
        List<Change> changes = new ArrayList<>();
        for (ApiModel api : after.apis()) {
            Optional<ApiModel> old = before.api(api.id());
            String object = "Api " + api.id();
            if (old.isEmpty()) {
                changes.add(new Change.Create(object, text(api)));
            } else if (old.get().equals(api)) {
                changes.add(new Change.Keep(object));
            } else {
                changes.add(new Change.Update(object, "- " + text(old.get()) + "\n+ " + text(api)));
            }
        }
        for (ApiModel api : before.apis()) {
            if (after.api(api.id()).isEmpty()) {
                changes.add(new Change.Delete("Api " + api.id()));
            }
        }
        return changes;
    }

    private static String text(ApiModel api) {
        return api.toString();
    }
}
