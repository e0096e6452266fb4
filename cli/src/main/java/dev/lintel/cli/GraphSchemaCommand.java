package dev.lintel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lintel graph schema}. */
@Command(
        name = "schema",
        description = "Prints the GraphQL schema of an OpenAPI document.",
        mixinStandardHelpOptions = true)
final class GraphSchemaCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DOCUMENT",
            description = "OpenAPI 3.0, 3.1 or Swagger 2, YAML or JSON; '-' for standard input.")
    private String file = "";

    @Mixin
    private final GraphDocument document;

    @Mixin
    private final Screen screen;

    GraphSchemaCommand(Surroundings around) {
        this.document = new GraphDocument(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("graph schema", () -> {
            screen.text(document.read(file).schema().sdl());
            return ExitCode.OK;
        });
    }
}
