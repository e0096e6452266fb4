package dev.lintel.benchmarks.graphql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** npm's own client, and where what it fetches is kept: outside of the repository. */
final class Npm {
    private static final int MINUTES = 10;

    private Npm() {}

    /** A folder of the cache, made if it is not there. */
    static Path cache(String name) throws IOException {
        String said = System.getenv("XDG_CACHE_HOME");
        Path cache = said == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(said);
        return Files.createDirectories(cache.resolve("lintel").resolve(name));
    }

    /** Runs npm in a folder; no package runs a script of its own. */
    static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund"));
        Process npm = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!npm.waitFor(MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            Process unusedGone = npm.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
