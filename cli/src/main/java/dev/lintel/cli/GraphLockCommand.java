package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.Graph;
import picocli.CommandLine.Command;

/** {@code lintel graph lock}. */
@Command(
        name = "lock",
        description = "Prints the names of a schema, to be kept beside the document.",
        mixinStandardHelpOptions = true)
final class GraphLockCommand extends GraphReading {
    GraphLockCommand(Surroundings around) {
        super(around, "graph lock");
    }

    @Override
    String text(Graph graph) {
        return graph.schema().names().toLock().write();
    }

    @Override
    void tell(Graph graph, ObjectNode tree) {
        ObjectNode unusedTree = tree.put("lock", graph.schema().names().toLock().write());
    }
}
