package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.change.Change;
import dev.lintel.graphql.change.GraphDiff;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lintel graph diff}: what a newer document means for those who query the graph. */
@Command(
        name = "diff",
        description = {
            "Prints what differs between the graphs of two documents, the worst first: BREAKING, DANGEROUS, COMPATIBLE.",
            "Ends with 2 if anything breaks queries."
        },
        mixinStandardHelpOptions = true)
final class GraphDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "The document that clients know.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "The document that would take its place.")
    private String after = "";

    @Mixin
    private final GraphDocument document;

    @Mixin
    private final Screen screen;

    GraphDiffCommand(Surroundings around) {
        this.document = new GraphDocument(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("graph diff", () -> {
            GraphDiff diff = GraphDiff.between(document.read(before), document.read(after));
            int code = diff.breaking().isEmpty() ? ExitCode.OK : ExitCode.CHANGES;
            if (screen.isJson()) {
                ObjectNode tree = Json.head("graph diff", code);
                tree.set("changes", Json.list(diff.changes(), GraphDiffCommand::change));
                screen.json(tree);
            } else {
                screen.text(diff + "\n");
            }
            return code;
        });
    }

    private static ObjectNode change(Change change) {
        return Json.object()
                .put("severity", change.severity().name().toLowerCase(Locale.ROOT))
                .put("coordinate", change.coordinate())
                .put("reason", change.reason());
    }
}
