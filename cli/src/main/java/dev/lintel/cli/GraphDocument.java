package dev.lintel.cli;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.Limits;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.name.NameLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An OpenAPI document as a graph, with the names that are kept. */
final class GraphDocument {
    private static final int LOCK = 16 << 20;

    private final Surroundings around;

    @Option(
            names = "--lock",
            paramLabel = "FILE",
            description = "Names that are kept, as 'lintel graph lock' has printed them.")
    private @Nullable String lock;

    GraphDocument(Surroundings around) {
        this.around = around;
    }

    Graph read(String file) {
        String text = text(file, Limits.DEFAULT.bytes());
        Graph graph = Graph.of("graph").from(OpenApi.of(file, text));
        return lock == null ? graph : graph.locked(NameLock.read(text(lock, LOCK)));
    }

    private String text(String file, int limit) {
        return TextFiles.one(around, file, limit);
    }
}
