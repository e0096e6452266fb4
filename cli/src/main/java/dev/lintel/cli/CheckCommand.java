package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.lint.Severity;
import dev.lintel.mesh.target.DirectoryCheck;
import dev.lintel.mesh.target.DirectoryTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel check}: whether definitions, manifests and a directory are as they should be. Nothing is written. */
@Command(
        name = "check",
        description = {
            "Looks at definitions (-f), at manifests of anybody (--manifests), and whether a directory is what the"
                    + " definitions would write (--directory). Changes nothing.",
            "Ends with 1 for problems and for errors in manifests, with 2 where the directory differs."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    @Option(
            names = "--manifests",
            paramLabel = "PATH",
            description = "Manifests to look at: a file or a folder; may be said several times.")
    private List<String> manifests = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Of manifests that do not say theirs (default: default).")
    private String namespace = "default";

    CheckCommand(Surroundings around) {
        this.around = around;
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    /** What came of it; null for what was not asked for, or could not be looked at because of what is wrong before. */
    private record Checked(
            List<Problem> wrong,
            @Nullable Plan plan,
            @Nullable DirectoryCheck directory,
            @Nullable List<Linted> linted) {
        List<Problem> problems() {
            if (directory != null) {
                return directory.problems();
            }
            return plan == null ? wrong : plan.problems();
        }

        int exitCode() {
            boolean refused = linted != null
                    && linted.stream().anyMatch(each -> each.finding().severity() == Severity.ERROR);
            if (refused || !problems().isEmpty()) {
                return ExitCode.PROBLEMS;
            }
            return directory == null || directory.isClean() ? ExitCode.OK : ExitCode.CHANGES;
        }
    }

    @Override
    public Integer call() {
        return screen.guard("check", () -> {
            if (!definitions.areNamed() && manifests.isEmpty()) {
                throw new UsageException("say -f with definitions, or --manifests");
            }
            if (target.isSaid() && (!definitions.areNamed() || !target.isDirectory())) {
                throw new UsageException("a check looks at a directory, with -f and --directory; a cluster has diff");
            }
            Checked checked = checked();
            int code = checked.exitCode();
            if (screen.isJson()) {
                screen.json(json(checked, code));
            } else {
                show(checked);
            }
            return code;
        });
    }

    private Checked checked() {
        Dialect world = dialect.dialect();
        Plan plan = null;
        DirectoryCheck directory = null;
        List<Problem> wrong = new ArrayList<>();
        List<Definition> said = definitions.areNamed() ? read(wrong) : List.of();
        if (definitions.areNamed() && wrong.isEmpty()) {
            if (target.isDirectory()) {
                DirectoryTarget files = target.directory();
                plan = Mesh.of(world, files).plan(said);
                directory = OptionWords.of(files.check(world, plan));
            } else {
                plan = Mesh.of(world, new Nowhere()).plan(said);
            }
        }
        return new Checked(
                wrong,
                plan,
                directory,
                manifests.isEmpty() ? null : Linted.of(around, manifests, namespace, world.rootNamespace()));
    }

    /** What is wrong with definitions is what a check is asked for; that there is no such file is not. */
    private List<Definition> read(List<Problem> wrong) {
        try {
            return definitions.read();
        } catch (ProblemsException e) {
            if (e.problems().stream().anyMatch(problem -> problem.code().startsWith("cli."))) {
                throw e;
            }
            wrong.addAll(e.problems());
            return List.of();
        }
    }

    private void show(Checked checked) {
        OptionWords.of(checked.wrong()).forEach(problem -> screen.text(problem.render() + "\n"));
        if (checked.directory() != null) {
            screen.text(checked.directory().render());
        } else if (checked.plan() != null) {
            Plan plan = OptionWords.of(checked.plan());
            plan.problems().forEach(problem -> screen.text(problem.render() + "\n"));
            Alike.of(plan.warnings()).forEach(warning -> screen.text("warning " + warning.render() + "\n"));
            if (plan.problems().isEmpty()) {
                screen.text(
                        "the definitions can be said in " + dialect.dialect().name() + ", by "
                                + plan.changes().size() + (plan.changes().size() == 1 ? " object\n" : " objects\n"));
            }
        }
        List<Linted> linted = checked.linted();
        if (linted != null) {
            linted.forEach(each -> screen.text(each.render() + "\n"));
            screen.text(linted.isEmpty() ? "nothing was found in the manifests\n" : "");
        }
    }

    private static ObjectNode json(Checked checked, int code) {
        ObjectNode tree = Json.head("check", code);
        tree.set("problems", Json.problems(OptionWords.of(checked.problems())));
        Plan plan = checked.plan();
        DirectoryCheck directory = checked.directory();
        if (plan != null) {
            tree.set(
                    "warnings",
                    Json.problems(OptionWords.of(directory == null ? plan.warnings() : directory.warnings())));
        }
        if (directory != null) {
            tree.put("clean", directory.isClean());
            tree.set(
                    "differences",
                    Json.list(
                            directory.differences(),
                            each -> Json.object().put("file", each.file()).put("diff", Json.clipped(each.diff()))));
        }
        if (checked.linted() != null) {
            tree.set("findings", Json.list(checked.linted(), Linted::json));
        }
        return tree;
    }
}
