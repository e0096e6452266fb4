package dev.lintel.mesh;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Drifted.Way;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Target.Others;
import dev.lintel.mesh.Target.Question;
import dev.lintel.mesh.Target.Witness;
import dev.lintel.mesh.raw.RawFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what has happened to a target: the definitions are what was, and what is in force is what is now. */
final class Drifts {
    private final Dialect dialect;
    private final Target target;

    Drifts(Dialect dialect, Target target) {
        this.dialect = dialect;
        this.target = target;
    }

    /** What differs, before anybody is asked who has done it. */
    private record Difference(Way way, String diff, Question question) {}

    Drift of(String world, Collection<? extends Definition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        Written written = RawFields.write(dialect, compiled.model());
        List<Problem> problems = new ArrayList<>(compiled.problems());
        problems.addAll(written.problems());
        if (!problems.isEmpty()) {
            throw new ProblemsException("the definitions of " + world, problems);
        }
        Target.State state = target.read();
        if (!state.problems().isEmpty()) {
            // Of what is not understood nobody can tell whether it differs.
            return new Drift(world, List.of(), List.of(), List.of(), List.of(), state.problems());
        }
        // What was left to others by choice is as it was meant.
        List<Manifest> wanted =
                target.kept(target.settled(state, written.manifests()).manifests());
        List<Difference> differences = differences(state, wanted);
        Others others = target.others(state, written.manifests(), dialect.rootNamespace());
        return new Drift(
                world,
                drifted(differences),
                differences.isEmpty() ? List.of() : effects(wanted, state.inForce(), compiled.model()),
                others.opened(),
                others.warnings(),
                others.problems());
    }

    private List<Difference> differences(Target.State state, List<Manifest> wanted) {
        Map<String, Manifest> said = byId(state.manifests());
        Map<String, Manifest> inForce = byId(state.inForce());
        Map<String, Compared> pairs = new LinkedHashMap<>();
        for (Manifest want : wanted) {
            Manifest live = inForce.get(want.id());
            if (live != null) {
                pairs.put(want.id(), Compared.of(want, said.getOrDefault(want.id(), live), live));
            }
        }
        Map<String, Compared> meant = new ForeignFields(dialect, wanted).meant(pairs);
        List<Difference> differences = new ArrayList<>();
        for (Manifest want : wanted) {
            Compared pair = pairs.get(want.id());
            inForce.remove(want.id());
            if (pair == null) {
                String diff = Changes.unifiedDiff(want.toYaml(), "");
                differences.add(new Difference(Way.MISSING, diff, new Question(want, List.of())));
            } else if (meant.containsKey(want.id())) {
                List<List<String>> fields = new ArrayList<>(pair.differing());
                fields.addAll(pair.foreign());
                differences.add(changed(pair, pair.live(), fields));
            } else if (!pair.differing().isEmpty()) {
                differences.add(changed(pair, pair.ours(), pair.differing()));
            }
        }
        inForce.values()
                .forEach(live -> differences.add(new Difference(
                        Way.UNDEFINED, Changes.unifiedDiff("", live.toYaml()), new Question(live, List.of()))));
        return differences;
    }

    private static Difference changed(Compared pair, Manifest now, List<List<String>> fields) {
        Manifest wanted = pair.wanted();
        return new Difference(
                Way.CHANGED, Changes.unifiedDiff(wanted.toYaml(), now.toYaml()), new Question(wanted, fields));
    }

    private List<Drifted> drifted(List<Difference> differences) {
        List<Witness> witnesses =
                target.witnesses(differences.stream().map(Difference::question).toList());
        List<Drifted> drifted = new ArrayList<>();
        for (int i = 0; i < differences.size(); i++) {
            Difference one = differences.get(i);
            Witness witness = witnesses.get(i);
            drifted.add(
                    new Drifted(one.question().object().id(), one.way(), one.diff(), witness.hands(), witness.note()));
        }
        return drifted;
    }

    private List<Effect> effects(List<Manifest> wanted, List<Manifest> inForce, MeshModel desired) {
        Read before = dialect.read(wanted);
        Standing standing = Standing.without(dialect, inForce, wanted);
        Read now = standing.read();
        MeshModel said = RawFields.stripped(desired);
        List<Effect> effects = new ArrayList<>(standing.told());
        now.problems().stream()
                .filter(problem -> !before.problems().contains(problem))
                .forEach(problem -> effects.add(new Effect(
                        problem.path() + ": cannot be read as it is, and may let anything through: "
                                + problem.message(),
                        true,
                        problem.origin())));
        effects.addAll(Effects.between(Origins.of(before.model(), said), Origins.of(now.model(), said)));
        return effects.stream().distinct().toList();
    }

    private static Map<String, Manifest> byId(List<Manifest> manifests) {
        Map<String, Manifest> map = new LinkedHashMap<>();
        manifests.forEach(each -> map.put(each.id(), each));
        return map;
    }
}
