package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.graphql.Npm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What others need before they serve a document as GraphQL. */
final class GraphPeers {
    private GraphPeers() {}

    /** A server of graphql-yoga over the schema that a peer makes of the document; it prints its port. */
    static List<String> yoga(String peer, Path document) throws IOException, InterruptedException {
        return List.of("node", Npm.peer("graphql").resolve("serve.js").toString(), peer, document.toString());
    }

    /** Hive Gateway over the document, composed once before it starts; it is told its port. */
    static List<String> hive(Children children, Path document, int port) throws IOException, InterruptedException {
        Path folder = Npm.peer("hive");
        Path unusedCopy = Files.writeString(folder.resolve("document.json"), Files.readString(document));
        Path programs = folder.resolve("node_modules").resolve(".bin");
        Path graph = folder.resolve("supergraph.graphql");
        String unusedOutput = children.output(List.of(
                programs.resolve("mesh-compose").toString(),
                "-c",
                folder.resolve("mesh.config.mjs").toString(),
                "-o",
                graph.toString()));
        return List.of(
                programs.resolve("hive-gateway").toString(),
                "supergraph",
                graph.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port));
    }
}
