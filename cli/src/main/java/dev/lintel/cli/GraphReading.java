package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.Graph;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that tells something about the graph of one document. */
abstract class GraphReading implements Callable<Integer> {
    @Parameters(
            paramLabel = "DOCUMENT",
            description = "OpenAPI 3.0, 3.1 or Swagger 2, YAML or JSON; '-' for standard input.")
    private String file = "";

    @Mixin
    private final GraphDocument document;

    @Mixin
    private final Screen screen;

    private final String name;

    GraphReading(Surroundings around, String name) {
        this.document = new GraphDocument(around);
        this.screen = new Screen(around);
        this.name = name;
    }

    /** What people read. */
    abstract String text(Graph graph);

    /** What programs read. */
    abstract void tell(Graph graph, ObjectNode tree);

    @Override
    public final Integer call() {
        return screen.guard(name, () -> {
            Graph graph = document.read(file);
            if (screen.isJson()) {
                ObjectNode tree = Json.head(name, ExitCode.OK);
                tell(graph, tree);
                screen.json(tree);
            } else {
                screen.text(text(graph));
            }
            return ExitCode.OK;
        });
    }
}
