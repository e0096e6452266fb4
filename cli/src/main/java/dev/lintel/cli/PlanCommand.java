package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel plan}: what would change, in objects and in requests. */
@Command(
        name = "plan",
        description = "Says what would change, in objects and in requests. Changes nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final PlanOptions options;

    @Option(names = "--exit-code", description = "Ends with 2 where something would change.")
    private boolean exitCode;

    PlanCommand(Surroundings around) {
        this.options = new PlanOptions(around);
    }

    @Override
    public Integer call() {
        Screen screen = options.screen();
        return screen.guard("plan", () -> {
            List<Definition> said = options.definitions();
            try (Opened opened = options.open()) {
                Plan plan = options.plan(Mesh.of(options.dialect(), opened.target()), said);
                int code = !plan.problems().isEmpty()
                        ? ExitCode.of(plan.problems())
                        : exitCode && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
                options.show("plan", plan, code);
                return code;
            }
        });
    }
}
