package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Mesh;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that plans. */
final class PlanOptions {
    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    @Option(
            names = "--allow-widening",
            paramLabel = "REASON",
            description = "Lets the plan let requests through that are refused now.")
    private @Nullable String widening;

    @Option(
            names = "--preflight",
            description = "Looks at the cluster first; what would make objects mean something else there is a problem.")
    private boolean preflight;

    @Option(names = "--short", description = "Names objects and deviations without their lines. JSON stays whole.")
    private boolean summary;

    PlanOptions(Surroundings around) {
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    Screen screen() {
        return screen;
    }

    Dialect dialect() {
        return dialect.dialect();
    }

    /** What the files say, read before anybody else is asked. */
    List<Definition> definitions() {
        if (widening != null && widening.isBlank()) {
            throw new UsageException("--allow-widening needs a reason");
        }
        return definitions.read();
    }

    boolean isCluster() {
        return !target.isDirectory();
    }

    Opened open() {
        return (preflight ? target.looking(dialect.preflight()) : target).open(screen);
    }

    /** A plan, with the reason why it may widen access if one was said. */
    Plan plan(Mesh mesh, List<Definition> said) {
        Plan plan = mesh.plan(said);
        return widening == null ? plan : plan.allowWidening(widening);
    }

    /** Shows a plan to people. */
    void show(Plan plan) {
        screen.plan(plan, !summary);
    }

    /** Shows a plan as a result. */
    void show(String command, Plan plan, int exitCode) {
        if (screen.isJson()) {
            screen.json(PlanJson.of(command, plan, exitCode));
            return;
        }
        show(plan);
        if (plan.widens() && plan.widening() == null) {
            screen.note("it is applied with --allow-widening \"reason\" only");
        }
    }
}
