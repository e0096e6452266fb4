package dev.lintel.mesh;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Target.Beside;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Target.Wanted;
import dev.lintel.mesh.verify.Probes;
import dev.lintel.mesh.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From what a write has left in a target back to what was there before, told like every other change.
 *
 * @param probes by which it is looked whether what was there is in force again; null for no look
 */
record MeshWay(
        String name,
        Dialect dialect,
        Target target,
        Past past,
        @Nullable Probes probes) implements Undo.Way {
    @Override
    public Plan plan() {
        State state = target.read();
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(past.obstacles(state));
        // Where it has moved, there is no way back whose steps could be told.
        boolean known = state.problems().isEmpty()
                && problems.stream().noneMatch(problem -> problem.code().equals(Undo.MOVED));
        List<Manifest> old = past.manifests(state);
        List<Manifest> after = target.after(state, old);
        Read then = dialect.read(after);
        Beside beside = known ? past.beside(state) : Beside.NOTHING;
        return new Plan(
                name,
                state.base(),
                then.model(),
                known ? Mesh.changes(target, state, old, beside) : List.of(),
                problems.isEmpty() ? effects(Standing.of(dialect, state.inForce(), after), then) : List.of(),
                problems,
                beside.warnings(),
                List.of(),
                null);
    }

    /** What cannot be read may let anything through. */
    private static List<Effect> effects(Standing standing, Read then) {
        Read now = standing.read();
        List<Effect> effects = new ArrayList<>(standing.told());
        now.problems().forEach(problem -> effects.add(unread("what is there cannot be compared: ", problem)));
        then.problems().forEach(problem -> effects.add(unread("what was there cannot be read: ", problem)));
        effects.addAll(Effects.between(now.model(), then.model()));
        return effects.stream().distinct().toList();
    }

    private static Effect unread(String what, Problem problem) {
        return new Effect(problem.path() + ": " + what + problem.message(), true, problem.origin());
    }

    @Override
    public void go(Plan plan) {
        State state = target.read();
        List<Problem> problems = new ArrayList<>(state.problems());
        if (!state.base().equals(plan.base())) {
            problems.add(Undo.moved(name, "has changed since this way back was planned"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException("the way back in " + name, problems);
        }
        List<Manifest> old = past.manifests(state);
        Wanted wanted = new Wanted(old, dialect.read(target.after(state, old)).model());
        Verification verification = probes == null
                ? null
                : Verification.back(
                        probes, dialect, dialect.read(state.inForce()).model(), wanted.model());
        past.restore(state, wanted);
        if (verification != null) {
            Proof.requireBack(name, verification.look(old));
        }
    }
}
