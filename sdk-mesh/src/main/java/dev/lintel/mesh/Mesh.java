package dev.lintel.mesh;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Plans;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Target.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mesh as a backend: definitions are written in a dialect and kept at a target. */
public final class Mesh implements Backend {
    private final Dialect dialect;
    private final Target target;

    private Mesh(Dialect dialect, Target target) {
        this.dialect = dialect;
        this.target = target;
    }

    /**
     * A dialect on a target.
     *
     * @param dialect how the world says what a model means
     * @param target where its objects go
     * @return the backend
     */
    public static Mesh of(Dialect dialect, Target target) {
        return new Mesh(dialect, target);
    }

    @Override
    public Plan plan(Collection<ApiDefinition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        Written written = dialect.write(compiled.model());
        Stored stored = target.read();
        List<Problem> problems = new ArrayList<>(compiled.problems());
        problems.addAll(written.problems());
        problems.addAll(stored.problems());
        List<Problem> warnings = new ArrayList<>(compiled.warnings());
        warnings.addAll(written.prerequisites());
        List<Manifest> wanted = problems.isEmpty() ? written.manifests() : stored.manifests();
        return new Plan(
                name(),
                stored.state(),
                compiled.model(),
                changes(stored.manifests(), wanted),
                new MeshEffects(dialect, compiled.model()).between(stored.manifests(), wanted),
                problems,
                warnings,
                written.deviations(),
                null);
    }

    @Override
    public void apply(Plan plan) {
        Plans.require(plan, name(), target.read().state());
        target.write(dialect.write(plan.desired()).manifests());
    }

    private String name() {
        return dialect.name() + " in " + target.name();
    }

    private static List<Change> changes(List<Manifest> before, List<Manifest> wanted) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        before.forEach(manifest -> old.put(manifest.id(), manifest));
        List<Change> changes = new ArrayList<>();
        for (Manifest manifest : wanted) {
            Manifest was = old.remove(manifest.id());
            String now = manifest.toYaml();
            if (was == null) {
                changes.add(new Change.Create(manifest.id(), now));
            } else if (was.toYaml().equals(now)) {
                changes.add(new Change.Keep(manifest.id()));
            } else {
                changes.add(new Change.Update(manifest.id(), Changes.unifiedDiff(was.toYaml(), now)));
            }
        }
        old.keySet().forEach(id -> changes.add(new Change.Delete(id)));
        return changes;
    }

    @Override
    public String toString() {
        return name();
    }
}
