package dev.lintel.mesh;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Plans;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.raw.RawFields;
import dev.lintel.mesh.verify.Probes;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backend made of a dialect and a target. What a plan does to requests is told by what the manifests mean, those that
 * are there and those that would be: both are read back by the dialect, so that a change by somebody else counts too.
 */
public final class Mesh implements Backend {
    private static final String CUT_OFF = "cluster.cut-off";

    private final Dialect dialect;
    private final Target target;
    private final @Nullable Probes probes;
    /** An apply writes what its plan has translated. */
    private volatile SoftReference<@Nullable Translation> last = new SoftReference<>(null);

    private record Translation(MeshModel model, Written written) {}

    private Mesh(Dialect dialect, Target target, @Nullable Probes probes) {
        this.dialect = Objects.requireNonNull(dialect, "dialect");
        this.target = Objects.requireNonNull(target, "target");
        this.probes = probes;
    }

    /**
     * A backend.
     *
     * @param dialect what is written
     * @param target where it goes
     * @return the backend
     */
    public static Mesh of(Dialect dialect, Target target) {
        return new Mesh(dialect, target, null);
    }

    /**
     * The same backend, which looks after each apply and each way back that changes something whether what was written is in
     * force. Where it is not, the apply is taken back, and throws a {@link dev.lintel.mesh.verify.NotInForceException}; a way back
     * stays, and throws it too. What no probe could show is a warning of the plan that {@link #apply} answers. An apply changes
     * nothing where the gateway does not answer for what is in force before it.
     *
     * @param how which requests are sent, and where
     * @return a new backend; only a target that somebody serves from can be applied to by it
     */
    public Mesh verifiedBy(Probes how) {
        return new Mesh(dialect, target, Objects.requireNonNull(how, "how"));
    }

    @Override
    public Plan plan(Collection<? extends Definition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        Target.State state = target.read();
        Written written = written(compiled.model());
        Read now = dialect.read(written.manifests());
        List<Problem> problems = new ArrayList<>(compiled.problems());
        problems.addAll(written.problems());
        // Of what is refused the dialect may have written a part: nobody asked for that.
        boolean refused = !problems.isEmpty();
        if (problems.isEmpty()) {
            plain(compiled.model(), now).forEach(problem -> problems.add(unsound(problem)));
        }
        problems.addAll(state.problems());
        // Of what is not understood nobody can tell whether it changes.
        boolean known = !refused && state.problems().isEmpty();
        Target.Settled settled = known
                ? target.settled(state, written.manifests())
                : new Target.Settled(state, written.manifests(), List.of());
        if (!refused) {
            problems.addAll(target.obstacles(state, settled.manifests()));
        }
        List<Problem> warnings = new ArrayList<>(compiled.warnings());
        Target.Judged judged = refused
                ? new Target.Judged(List.of(), written.prerequisites())
                : target.judge(new Target.Wanted(written.manifests(), compiled.model()), written.prerequisites());
        problems.addAll(judged.problems());
        warnings.addAll(judged.warnings());
        warnings.addAll(settled.warnings());
        Target.Beside beside = known
                ? target.beside(state, new Target.Wanted(settled.manifests(), compiled.model()))
                : Target.Beside.NOTHING;
        warnings.addAll(beside.warnings());
        Target.Others others =
                known ? target.others(state, written.manifests(), dialect.rootNamespace()) : Target.Others.NONE;
        warnings.addAll(others.told());
        problems.addAll(others.problems());
        List<Change> changes = known ? changes(target, state, settled.manifests(), beside) : List.of();
        if (known) {
            new Unchanged(dialect, settled.manifests(), changes).withoutNews(warnings);
        }
        List<Effect> effects = problems.isEmpty()
                ? effects(state, written, now, target.after(settled.state(), settled.manifests()), compiled.model())
                : List.of();
        return new Plan(
                name(),
                state.base(),
                compiled.model(),
                changes,
                effects,
                problems,
                warnings,
                written.deviations(),
                written.guarantees(),
                null);
    }

    @Override
    @CanIgnoreReturnValue
    public Applied apply(Plan plan) {
        Target.State state = target.read();
        Plans.require(plan, name(), state.base());
        Written written = written(plan.desired());
        List<Manifest> settled = target.settled(state, written.manifests()).manifests();
        Target.Wanted wanted = new Target.Wanted(settled, plan.desired());
        Target.Beside beside = target.beside(state, wanted);
        if (!changes(target, state, settled, beside).equals(plan.changes())) {
            throw new ProblemsException(
                    "the plan for " + plan.world(),
                    List.of(new Problem(
                            "plan.foreign",
                            "plan for " + plan.world(),
                            "does not tell what would change here: it was made with other settings",
                            "let the backend that made it apply it",
                            Origin.unknown())));
        }
        if (probes == null) {
            return new Applied(plan, undo(target.write(state, wanted)));
        }
        return proven(plan, state, wanted, probes);
    }

    private Applied proven(Plan plan, Target.State state, Target.Wanted wanted, Probes by) {
        MeshModel before = dialect.read(state.inForce()).model();
        if (!plan.isEmpty()) {
            Proof.requireAnswer(name(), by, before);
        }
        // What an apply has changed that was cut off is not known: all counts as new.
        boolean known = !plan.isEmpty()
                && plan.warnings().stream().noneMatch(warning -> warning.code().equals(CUT_OFF));
        Proof proof = new Proof(
                name(),
                dialect,
                by,
                known ? before : MeshModel.EMPTY,
                dialect.read(wanted.manifests()).model(),
                plan.desired(),
                known ? changed(plan, state.inForce(), wanted.manifests()) : wanted.manifests());
        Past past;
        try {
            past = target.write(state, wanted, () -> proof.holds(wanted.manifests()));
        } catch (RuntimeException e) {
            throw proof.cutOff(e);
        }
        proof.require(
                undo(past, null), () -> target.others(target.read(), wanted.manifests(), dialect.rootNamespace()));
        return new Applied(plan.warned(proof.unproven()), undo(past));
    }

    /** The objects that a plan changes, as they are to be, or as they were where they go. */
    private static List<Manifest> changed(Plan plan, List<Manifest> before, List<Manifest> after) {
        Map<String, Manifest> all = new LinkedHashMap<>();
        before.forEach(one -> all.put(one.id(), one));
        after.forEach(one -> all.put(one.id(), one));
        return plan.changes().stream()
                .filter(change -> !(change instanceof Change.Keep))
                .flatMap(change -> Stream.ofNullable(all.get(change.object())))
                .toList();
    }

    /**
     * The way back of the last apply that the target has noted, whatever program it was: one that was cut off, too.
     *
     * @return empty if the target notes none, or the last one was undone
     */
    public Optional<Undo> lastUndo() {
        return target.last().map(this::undo);
    }

    private Undo undo(Past past) {
        return undo(past, probes);
    }

    private Undo undo(Past past, @Nullable Probes by) {
        return Undo.by(new MeshWay(name(), dialect, target, past, by));
    }

    /**
     * What decides in the target now, whoever has said it: to be asked, for example by an
     * {@link dev.lintel.core.evaluate.Evaluator}. Changes nothing, and does not stop at what it does not understand.
     *
     * @return what was read, and what is not certain because of the rest
     */
    public InForce inForce() {
        Target.State state = target.read();
        Read read = dialect.read(state.inForce());
        Target.Others others = target.others(state, state.inForce(), dialect.rootNamespace());
        List<Problem> uncertain = new ArrayList<>(state.problems());
        uncertain.addAll(read.problems());
        uncertain.addAll(others.problems());
        uncertain.addAll(others.told());
        return new InForce(
                name(),
                read.model(),
                uncertain.stream().distinct().toList(),
                dialect.write(read.model()).deviations(),
                dialect.rootNamespace(),
                others.routes());
    }

    /**
     * What has happened to the target since definitions were applied: who has said what there by hand, and what it does to
     * requests. Changes nothing.
     *
     * @param definitions what was applied, all of it; what has changed in them since and is not applied yet is drift too
     * @return what differs from them
     * @throws ProblemsException if the definitions have problems, so that nobody knows what should be there
     */
    public Drift diff(Collection<? extends Definition> definitions) {
        return new Drifts(dialect, target).of(name(), definitions);
    }

    /**
     * What has happened to the target since definitions were applied.
     *
     * @param definitions what was applied, all of it
     * @return what differs from them
     * @throws ProblemsException if the definitions have problems
     */
    public Drift diff(Definition... definitions) {
        return diff(List.of(definitions));
    }

    /**
     * The objects that a plan is about: all that is to be there, as the dialect writes it.
     *
     * @param plan made by this backend, or by one with the same dialect
     * @return in the order in which they are written
     */
    public List<Manifest> manifests(Plan plan) {
        return written(plan.desired()).manifests();
    }

    private Written written(MeshModel model) {
        @Nullable Translation known = last.get();
        if (known != null && isOne(known.model(), model)) {
            return known.written();
        }
        Written written = RawFields.write(dialect, model);
        last = new SoftReference<>(new Translation(model, written));
        return written;
    }

    /** Equal models may come from other lines of definitions, which problems name: the very same one is meant. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOne(Object some, Object other) {
        return some == other;
    }

    private String name() {
        return dialect.name() + " in " + target.name();
    }

    /** What stands in two of the three sets of objects is read once: reading costs as much as all else. */
    private List<Effect> effects(
            Target.State state, Written written, Read plain, List<Manifest> after, MeshModel desired) {
        Read now = after.equals(written.manifests()) ? plain : dialect.read(after);
        Standing standing = isSame(state.inForce(), after)
                ? new Standing(now, List.of())
                : Standing.of(dialect, state.inForce(), after);
        Read before = standing.read();
        List<Effect> effects = new ArrayList<>(standing.told());
        before.problems()
                .forEach(problem -> effects.add(new Effect(
                        problem.path() + ": what is there cannot be compared: " + problem.message(),
                        true,
                        problem.origin())));
        // Whatever is left here comes of fields said by hand; what cannot be read may let anything through.
        Set<String> touched = now.problems().isEmpty() ? Set.of() : touched(written, desired);
        now.problems()
                .forEach(problem -> effects.add(new Effect(
                        problem.path()
                                + (touched.contains(problem.path())
                                        ? ": what is said by hand cannot be read: "
                                        : touched.isEmpty()
                                                ? ": cannot be read with what others say in it: "
                                                : ": cannot be read beside what is said by hand in " + touched + ": ")
                                + problem.message(),
                        true,
                        problem.origin())));
        MeshModel said = RawFields.stripped(desired);
        effects.addAll(
                Effects.between(before.model(), NewHosts.asSaid(before.model(), Origins.of(now.model(), said), said)));
        // One field by hand may be in the way of several readings, each of which says so.
        return effects.stream().distinct().toList();
    }

    /** Whether they are the same objects, in whatever order. */
    private static boolean isSame(List<Manifest> some, List<Manifest> others) {
        Map<String, Manifest> known = new HashMap<>();
        others.forEach(each -> known.put(Repeated.key(each), each));
        return some.size() == others.size()
                && some.size() == known.size()
                && some.stream().allMatch(each -> each.equals(known.get(Repeated.key(each))));
    }

    /** The objects in which something is said by hand. */
    private Set<String> touched(Written written, MeshModel desired) {
        Set<Manifest> plain =
                new HashSet<>(dialect.write(RawFields.stripped(desired)).manifests());
        return written.manifests().stream()
                .filter(one -> !plain.contains(one))
                .map(Manifest::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What could not be read back of what the dialect wrote by itself. */
    private List<Problem> plain(MeshModel model, Read now) {
        MeshModel stripped = RawFields.stripped(model);
        return stripped.equals(model)
                ? now.problems()
                : dialect.read(dialect.write(stripped).manifests()).problems();
    }

    private static Problem unsound(Problem problem) {
        return new Problem(
                "mesh.unsound",
                problem.path(),
                "would be written, but cannot be read back: " + problem.message(),
                "this is a mistake of the dialect; leave out what this part is about",
                Origin.unknown());
    }

    static List<Change> changes(Target target, Target.State state, List<Manifest> manifests, Target.Beside beside) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        state.manifests().forEach(manifest -> old.put(manifest.id(), manifest));
        Map<String, Manifest> inForce = new HashMap<>();
        state.inForce().forEach(manifest -> inForce.put(manifest.id(), manifest));
        List<Change> changes = new ArrayList<>();
        for (Manifest manifest : target.kept(manifests)) {
            Manifest other = old.remove(manifest.id());
            if (other == null) {
                changes.add(new Change.Create(manifest.id(), manifest.toYaml()));
            } else if (other.equals(manifest)) {
                changes.add(new Change.Keep(manifest.id()));
            } else {
                changes.add(new Change.Update(
                        manifest.id(), lines(other, inForce.getOrDefault(manifest.id(), other), manifest)));
            }
        }
        old.keySet().forEach(id -> changes.add(new Change.Delete(id)));
        changes.addAll(beside.changes());
        return changes;
    }

    /** From what is in force in the fields that we write, whoever has said it, to what is to be there. */
    private static String lines(Manifest said, Manifest live, Manifest wanted) {
        String diff = Changes.unifiedDiff(Compared.of(wanted, said, live).ours().toYaml(), wanted.toYaml());
        // Where others have said the same, it is only ours again.
        return diff.isEmpty() ? Changes.unifiedDiff(said.inOrderOf(wanted).toYaml(), wanted.toYaml()) : diff;
    }
}
