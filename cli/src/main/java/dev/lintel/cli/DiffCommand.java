package dev.lintel.cli;

import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lintel diff}: whether the world is as the definitions say. */
@Command(
        name = "diff",
        description = "Says where the world is not as the definitions say, and ends with 2 there.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final PlanOptions options;

    DiffCommand(Surroundings around) {
        this.options = new PlanOptions(around);
    }

    @Override
    public Integer call() {
        Screen screen = options.screen();
        return screen.guard("diff", () -> {
            try (Opened opened = options.open()) {
                Plan plan = options.plan(Mesh.of(options.dialect(), opened.target()));
                int code = !plan.problems().isEmpty()
                        ? ExitCode.PROBLEMS
                        : plan.isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
                options.show("diff", plan, code);
                return code;
            }
        });
    }
}
