package dev.lintel.traffic.rollout;

import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Plans;
import dev.lintel.core.plan.Undo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A world in memory that plans and applies like others, refuses on demand, and remembers each change. */
public class FakeWorld implements Backend {
    static final String NAME = "world";
    private static final ModelCompiler COMPILER = new ModelCompiler(Kinds.installed());

    MeshModel model = MeshModel.EMPTY;
    int moves;
    /** How many more plans have this problem. */
    int sick;
    /** How many more plans are stale when they are applied. */
    int stale;
    /** How many more plans widen access. */
    int widening;

    private final List<String> changes = new ArrayList<>();

    static FakeWorld of(Definition... definitions) {
        FakeWorld world = new FakeWorld();
        world.apply(world.plan(definitions));
        world.changes.clear();
        return world;
    }

    /** A world that serves {@link Orders#API}. */
    public static FakeWorld ofOrders() {
        return of(Orders.API);
    }

    @Override
    public Plan plan(Collection<? extends Definition> definitions) {
        var compiled = COMPILER.compile(definitions, new World("localhost"));
        List<Problem> problems = new ArrayList<>(compiled.problems());
        if (sick > 0) {
            sick--;
            problems.add(new Problem("world.sick", "orders.shop", "cannot be served", "wait", Origin.unknown()));
        }
        List<Effect> effects = new ArrayList<>();
        if (widening > 0) {
            widening--;
            effects.add(new Effect("orders.shop: newly public: /admin/**", true, Origin.unknown()));
        }
        Plan plan = new Plan(
                NAME,
                "state " + moves,
                compiled.model(),
                Changes.between(model, compiled.model()),
                effects,
                problems,
                List.of(),
                List.of(),
                null);
        if (stale > 0 && !plan.isEmpty()) {
            stale--;
            moves++;
        }
        return plan;
    }

    @Override
    public Applied apply(Plan plan) {
        Plans.require(plan, NAME, "state " + moves);
        MeshModel before = model;
        move(plan.desired());
        return new Applied(plan, Undo.by(new Back(before, moves)));
    }

    private void move(MeshModel next) {
        model = next;
        moves++;
        changes.add(weights());
    }

    /** Back to a model, from where one apply has brought this world. */
    private final class Back implements Undo.Way {
        private final MeshModel before;
        private final int made;
        private int gone = -1;

        Back(MeshModel before, int made) {
            this.before = before;
            this.made = made;
        }

        @Override
        public Plan plan() {
            return new Plan(
                    NAME,
                    "state " + moves,
                    before,
                    Changes.between(model, before),
                    Effects.between(model, before),
                    moves == made || moves == gone
                            ? List.of()
                            : List.of(Undo.moved(NAME, "is at 'state " + moves + "' now")),
                    List.of(),
                    List.of(),
                    null);
        }

        @Override
        public void go(Plan plan) {
            move(before);
            gone = moves;
        }
    }

    /** The weights in force: {@code v1=95,v2=5}. */
    public String weights() {
        return model
                .api("orders.shop")
                .map(api -> api.service().split())
                .map(SplitRule::shares)
                .orElse(List.of())
                .stream()
                .map(share -> share.version() + "=" + share.weight())
                .collect(Collectors.joining(","));
    }

    /** The weights after each change. */
    public List<String> changes() {
        return List.copyOf(changes);
    }
}
