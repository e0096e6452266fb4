package dev.lintel.benchmarks.graphql;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that imports documents, one after another, each within 60 seconds and a heap of 2 GiB. */
final class Importer implements AutoCloseable {
    private static final int SECONDS = 60;

    private final String name;
    private final List<String> command;
    private Process worker;

    private Importer(String name, List<String> command) throws IOException {
        this.name = name;
        this.command = command;
        this.worker = started();
    }

    static Importer ours() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Importer(
                "lintel",
                List.of(java, "-Xmx2g", "-cp", System.getProperty("java.class.path"), CorpusWorker.class.getName()));
    }

    /** Others, as their lock file has them. */
    static List<Importer> peers() throws IOException, InterruptedException {
        Path folder = Npm.peer("graphql");
        String script = folder.resolve("corpus.js").toString();
        return List.of(node(script, "openapi-to-graphql"), node(script, "omnigraph"));
    }

    private static Importer node(String script, String name) throws IOException {
        return new Importer(name, List.of("node", "--max-old-space-size=2048", script, name));
    }

    String name() {
        return name;
    }

    /** The line that it says of a document. */
    String result(Path document) throws IOException, InterruptedException {
        worker.outputWriter(StandardCharsets.UTF_8)
                .append(document.toString())
                .append('\n')
                .flush();
        BufferedReader answers = worker.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(answers.readLine());
            } catch (IOException e) {
                return "null";
            }
        });
        try {
            String said = line.get(SECONDS, TimeUnit.SECONDS);
            if (said.equals("null")) {
                return again("DIED");
            }
            if (said.contains("OutOfMemoryError")) {
                replace();
            }
            return said;
        } catch (TimeoutException e) {
            return again("HANGS");
        } catch (ExecutionException e) {
            return again("DIED");
        }
    }

    private String again(String verdict) throws IOException {
        replace();
        return verdict + "\t" + SECONDS * 1000 + "\t0\t0\t0\t0\t0\t0\t0\t";
    }

    private void replace() throws IOException {
        close();
        worker = started();
    }

    private Process started() throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void close() {
        Process unusedGone = worker.destroyForcibly();
    }
}
