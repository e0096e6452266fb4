package dev.lintel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lintel graph losses}. */
@Command(
        name = "losses",
        description = "Prints what an OpenAPI document says and its schema does not, or not exactly.",
        mixinStandardHelpOptions = true)
final class GraphLossesCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DOCUMENT",
            description = "OpenAPI 3.0, 3.1 or Swagger 2, YAML or JSON; '-' for standard input.")
    private String file = "";

    @Mixin
    private final GraphDocument document;

    @Mixin
    private final Screen screen;

    GraphLossesCommand(Surroundings around) {
        this.document = new GraphDocument(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("graph losses", () -> {
            document.read(file).losses().forEach(loss -> screen.text(loss + "\n"));
            return ExitCode.OK;
        });
    }
}
