package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.InForce;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.raw.RawFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lintel explain}: how a request is decided, by definitions and by what a world holds. */
@Command(
        name = "explain",
        description = {
            "Says how a request is decided, and by which line: by definitions (-f), by what a directory or a cluster holds,"
                    + " or by both, which ends with 2 where they differ. Nothing is sent.",
            "What cannot be read is named, and ends with 1: the answer is not certain then.",
            "A split is decided as its first version would be."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    /** The same answer each time. */
    private static final Draw FIRST = bound -> 0;

    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    @Mixin
    private final Screen screen;

    ExplainCommand(Surroundings around) {
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("explain", () -> {
            if (!definitions.areNamed() && !target.isSaid()) {
                throw new UsageException("say -f with definitions, or --directory or --cluster with what they became");
            }
            target.requireThere();
            Map<String, Told> told = new LinkedHashMap<>();
            Dialect world = dialect.dialect();
            models(world).forEach((name, said) -> told.put(name, request.ask(said, world, FIRST)));
            long answers = told.values().stream().map(Told::answer).distinct().count();
            int code = told.values().stream().anyMatch(each -> !each.isCertain())
                    ? ExitCode.PROBLEMS
                    : answers > 1 ? ExitCode.CHANGES : ExitCode.OK;
            show(told, code, answers > 1);
            return code;
        });
    }

    /** What decides, by the name of where it comes from. */
    private Map<String, InForce> models(Dialect world) {
        Map<String, InForce> models = new LinkedHashMap<>();
        if (definitions.areNamed()) {
            var compiled = new ModelCompiler(Kinds.installed()).compile(definitions.read(), world.world());
            if (!compiled.problems().isEmpty()) {
                throw new ProblemsException("the definitions", compiled.problems());
            }
            models.put(
                    "definitions",
                    new InForce(
                            "definitions",
                            compiled.model(),
                            List.of(),
                            world.write(RawFields.stripped(compiled.model())).deviations(),
                            world.rootNamespace()));
        }
        if (target.isSaid()) {
            try (Opened opened = target.open(screen)) {
                models.put(
                        opened.target().name(), Mesh.of(world, opened.target()).inForce());
            }
        }
        return models;
    }

    private void show(Map<String, Told> told, int code, boolean differ) {
        if (screen.isJson()) {
            ObjectNode tree = Json.head("explain", code);
            var answers = tree.putArray("answers");
            told.forEach((name, each) -> answers.add(each.json(name)));
            screen.json(tree);
            return;
        }
        told.forEach((name, each) -> screen.text((told.size() > 1 ? "by " + name + ":\n" : "") + each.text()));
        if (differ) {
            screen.note("they differ");
        }
    }
}
