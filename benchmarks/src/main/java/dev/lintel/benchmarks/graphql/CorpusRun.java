package dev.lintel.benchmarks.graphql;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has every document of the corpus imported, by ours and, if it is asked for, by others; writes a line for each, and a
 * summary.
 *
 * <p>Arguments: the file for the report; optionally {@code n} to take every n-th document only; and {@code peers}.
 */
public final class CorpusRun {
    /** So many documents between two lines of progress. */
    private static final int STEP = 100;

    private static final int BAR = 40;

    private CorpusRun() {}

    /**
     * Runs.
     *
     * @param arguments report, every how manieth document, whether others too
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if this thread is asked to stop
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>(List.of(arguments));
        boolean peers = said.remove("peers");
        Path report = Path.of(said.isEmpty() ? "target/corpus.tsv" : said.get(0));
        int every = said.size() > 1 ? Integer.parseInt(said.get(1)) : 1;
        Corpus corpus = Corpus.fetched();
        List<Importer> importers = new ArrayList<>(List.of(Importer.ours()));
        if (peers) {
            importers.addAll(Importer.peers());
        }
        try {
            run(corpus, corpus.documents(every), report, importers);
        } finally {
            importers.forEach(Importer::close);
        }
    }

    private static void run(Corpus corpus, List<Path> documents, Path report, List<Importer> importers)
            throws IOException, InterruptedException {
        List<Score> scores = importers.stream().map(importer -> new Score()).toList();
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(report))) {
            lines.println(
                    "document\tby\tverdict\tms\toperations\tfields\tomitted\twidened\tunchecked\tunused\tsdl\tnote");
            for (Path document : documents) {
                for (int i = 0; i < importers.size(); i++) {
                    String result = importers.get(i).result(document);
                    scores.get(i).add(result);
                    lines.println(corpus.folder().relativize(document) + "\t"
                            + importers.get(i).name() + "\t" + result);
                }
                progress(scores.get(0), documents.size());
            }
        }
        for (int i = 0; i < importers.size(); i++) {
            System.out.println(importers.get(i).name() + ": "
                    + scores.get(i).summary(scores.get(0).operations()));
        }
        System.out.println("lintel, beside that:" + scores.get(0).losses());
    }

    private static void progress(Score ours, int total) {
        int done = ours.documents();
        if (done == total || done % STEP == 0) {
            int width = BAR * done / total;
            System.out.println("[" + "#".repeat(width) + "-".repeat(BAR - width) + "] " + done + "/" + total
                    + " documents, " + ours.valid() + " with a valid schema");
        }
    }
}
