package dev.lintel.benchmarks.graphql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Imports every document of the corpus, each within 60 seconds and a heap of 2 GiB, in a process beside this one; writes a
 * line for each, and a summary.
 *
 * <p>Arguments: the file for the report, and optionally {@code n} to take every n-th document only.
 */
public final class CorpusRun {
    private static final int SECONDS = 60;
    /** So many documents between two lines of progress. */
    private static final int STEP = 100;

    private static final int BAR = 40;
    private static final String HEAP = "-Xmx2g";

    private final List<String[]> results = new ArrayList<>();
    private Process worker = started();

    private CorpusRun() throws IOException {}

    /**
     * Runs.
     *
     * @param arguments report, and every how manieth document
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if this thread is asked to stop
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path report = Path.of(arguments.length > 0 ? arguments[0] : "target/corpus.tsv");
        int every = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        Corpus corpus = Corpus.fetched();
        new CorpusRun().run(corpus, corpus.documents(every), report);
    }

    private void run(Corpus corpus, List<Path> documents, Path report) throws IOException, InterruptedException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(report))) {
            lines.println("document\tverdict\tms\toperations\tfields\tomitted\twidened\tunchecked\tunused\tsdl\tnote");
            for (Path document : documents) {
                String result = result(document);
                results.add(result.split("\t", -1));
                lines.println(corpus.folder().relativize(document) + "\t" + result);
                progress(documents.size());
            }
        } finally {
            worker.destroyForcibly();
        }
        System.out.println(summary());
    }

    private String result(Path document) throws IOException, InterruptedException {
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
            return said.equals("null") ? again("DIED") : said.contains("OutOfMemoryError") ? said + replaced() : said;
        } catch (TimeoutException e) {
            return again("HANGS");
        } catch (ExecutionException e) {
            return again("DIED");
        }
    }

    private String again(String verdict) throws IOException {
        return verdict + "\t" + SECONDS * 1000 + "\t0\t0\t0\t0\t0\t0\t0\t" + replaced();
    }

    private String replaced() throws IOException {
        worker.destroyForcibly();
        worker = started();
        return "";
    }

    private static Process started() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java, HEAP, "-cp", System.getProperty("java.class.path"), CorpusWorker.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void progress(int total) {
        int done = results.size();
        if (done == total || done % STEP == 0) {
            int width = BAR * done / total;
            System.out.println("[" + "#".repeat(width) + "-".repeat(BAR - width) + "] " + done + "/" + total
                    + " documents, " + count("ok") + " with a valid schema");
        }
    }

    private long count(String verdict) {
        return results.stream().filter(result -> result[0].equals(verdict)).count();
    }

    private long sum(int column) {
        return results.stream()
                .mapToLong(result -> Long.parseLong(result[column]))
                .sum();
    }

    private String summary() {
        List<Long> times = results.stream()
                .map(result -> Long.parseLong(result[1]))
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "%d documents: %d valid schemas (%.2f %%), %d without a field, %d failed, %d hang, %d died, %d miscounted%n"
                        + "%d operations: %d fields (%.2f %%), %d omitted; %d widened, %d unchecked, %d unused%n"
                        + "time: median %d ms, 99 %% %d ms, most %d ms",
                results.size(),
                count("ok"),
                100.0 * count("ok") / results.size(),
                results.stream()
                        .filter(result -> result[0].equals("ok") && result[3].equals("0"))
                        .count(),
                count("FAILED"),
                count("HANGS"),
                count("DIED"),
                count("TOTAL"),
                sum(2),
                sum(3),
                100.0 * sum(3) / Math.max(1, sum(2)),
                sum(4),
                sum(5),
                sum(6),
                sum(7),
                times.get(times.size() / 2),
                times.get(times.size() * 99 / 100),
                times.get(times.size() - 1));
    }
}
