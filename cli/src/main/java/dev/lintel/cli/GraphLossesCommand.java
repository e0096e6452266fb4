package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.model.Loss;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code lintel graph losses}. */
@Command(
        name = "losses",
        description = "Prints what an OpenAPI document says and its schema does not, or not exactly.",
        mixinStandardHelpOptions = true)
final class GraphLossesCommand extends GraphReading {
    GraphLossesCommand(Surroundings around) {
        super(around, "graph losses");
    }

    @Override
    String text(Graph graph) {
        return graph.losses().stream().map(loss -> loss + "\n").collect(Collectors.joining());
    }

    @Override
    void tell(Graph graph, ObjectNode tree) {
        var unusedList = tree.set("losses", Json.list(graph.losses(), GraphLossesCommand::loss));
    }

    private static ObjectNode loss(Loss loss) {
        return Json.object()
                .put("kind", loss.kind().name().toLowerCase(Locale.ROOT))
                .put("where", loss.where())
                .put("construct", loss.construct())
                .put("reason", loss.reason());
    }
}
