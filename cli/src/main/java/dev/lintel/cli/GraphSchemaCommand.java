package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.graphql.Graph;
import picocli.CommandLine.Command;

/** {@code lintel graph schema}. */
@Command(
        name = "schema",
        description = "Prints the GraphQL schema of an OpenAPI document.",
        mixinStandardHelpOptions = true)
final class GraphSchemaCommand extends GraphReading {
    GraphSchemaCommand(Surroundings around) {
        super(around, "graph schema");
    }

    @Override
    String text(Graph graph) {
        return graph.schema().sdl();
    }

    @Override
    void tell(Graph graph, ObjectNode tree) {
        ObjectNode unusedTree = tree.put("schema", graph.schema().sdl());
    }
}
