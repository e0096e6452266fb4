package dev.lintel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lintel graph lock}. */
@Command(
        name = "lock",
        description = "Prints the names of a schema, to be kept beside the document.",
        mixinStandardHelpOptions = true)
final class GraphLockCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DOCUMENT",
            description = "OpenAPI 3.0, 3.1 or Swagger 2, YAML or JSON; '-' for standard input.")
    private String file = "";

    @Mixin
    private final GraphDocument document;

    @Mixin
    private final Screen screen;

    GraphLockCommand(Surroundings around) {
        this.document = new GraphDocument(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("graph lock", () -> {
            screen.text(document.read(file).schema().names().toLock().write());
            return ExitCode.OK;
        });
    }
}
