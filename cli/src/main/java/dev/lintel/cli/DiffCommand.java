package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Drift;
import dev.lintel.mesh.Mesh;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lintel diff}: what has happened to a world since definitions were applied to it. */
@Command(
        name = "diff",
        description = "Says where the world is not as the definitions say, and who has done it; ends with 2 there.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    DiffCommand(Surroundings around) {
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("diff", () -> {
            List<Definition> said = definitions.read();
            try (Opened opened = target.open(screen)) {
                Drift drift = OptionWords.of(
                        Mesh.of(dialect.dialect(), opened.target()).diff(said));
                int code = !drift.problems().isEmpty()
                        ? ExitCode.of(drift.problems())
                        : drift.isDrifted() ? ExitCode.CHANGES : ExitCode.OK;
                if (screen.isJson()) {
                    screen.json(DriftJson.of(drift, code));
                } else {
                    screen.text(drift.render(screen.colours()));
                }
                return code;
            }
        });
    }
}
