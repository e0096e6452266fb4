package dev.lintel.benchmarks.graphql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** npm's own client, and where what it fetches is kept: outside of the repository. */
public final class Npm {
    private static final int MINUTES = 10;

    private Npm() {}

    /** A folder of the cache, made if it is not there. */
    static Path cache(String name) throws IOException {
        String said = System.getenv("XDG_CACHE_HOME");
        Path cache = said == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(said);
        return Files.createDirectories(cache.resolve("lintel").resolve(name));
    }

    /**
     * The packages of a peer as its lock file has them, and its scripts beside them.
     *
     * @param peer a folder of {@code benchmarks/peers}
     * @return the folder in the cache
     * @throws IOException if npm fails
     * @throws InterruptedException if this thread is asked to stop
     */
    public static Path peer(String peer) throws IOException, InterruptedException {
        Path folder = cache(peer + "-peers");
        try (Stream<Path> files = Files.list(Path.of("benchmarks", "peers", peer))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path unusedCopy =
                        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("installed");
        if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
            run(folder, "ci", "--prefer-offline");
            Path unusedMark = Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
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
