package dev.lintel.benchmarks.graphql;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.schema.GraphSchema;
import graphql.schema.idl.SchemaParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Imports the files whose names come in, one after another, in a process that may be ended. */
final class CorpusWorker {
    private static final int RE_READ = 4_000_000;

    private CorpusWorker() {}

    /**
     * Runs until its input ends.
     *
     * @param arguments none
     * @throws IOException if the input breaks
     */
    public static void main(String[] arguments) throws IOException {
        try (BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String file = files.readLine();
            while (file != null) {
                System.out.println(result(Path.of(file)));
                file = files.readLine();
            }
        }
    }

    private static String result(Path file) {
        long begun = System.nanoTime();
        try {
            GraphSchema schema = Graph.of("corpus").from(OpenApi.of(file)).schema();
            String sdl = schema.sdl();
            if (sdl.length() < RE_READ) {
                int unusedTypes = new SchemaParser().parse(sdl).types().size();
            }
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            long omitted = count(schema, Loss.Kind.OMITTED);
            boolean total = schema.fields() + omitted == schema.declared();
            return String.join(
                    "\t",
                    total ? "ok" : "TOTAL",
                    String.valueOf(millis),
                    String.valueOf(schema.declared()),
                    String.valueOf(schema.fields()),
                    String.valueOf(omitted),
                    String.valueOf(count(schema, Loss.Kind.WIDENED)),
                    String.valueOf(count(schema, Loss.Kind.UNCHECKED)),
                    String.valueOf(count(schema, Loss.Kind.UNUSED)),
                    String.valueOf(sdl.length()),
                    omission(schema));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            StackTraceElement[] trace = e.getStackTrace();
            String at = trace.length == 0 ? "" : " at " + trace[0] + (trace.length > 1 ? " < " + trace[1] : "");
            String text = (e + at).replaceAll("\\s+", " ");
            return "FAILED\t" + millis + "\t0\t0\t0\t0\t0\t0\t0\t" + text.substring(0, Math.min(400, text.length()));
        }
    }

    private static long count(GraphSchema schema, Loss.Kind kind) {
        return schema.losses().stream().filter(loss -> loss.kind() == kind).count();
    }

    private static String omission(GraphSchema schema) {
        return schema.losses().stream()
                .filter(loss ->
                        loss.kind() == Loss.Kind.OMITTED && loss.reason().startsWith("its types"))
                .findFirst()
                .map(loss -> loss.toString()
                        .substring(0, Math.min(300, loss.toString().length())))
                .orElse("");
    }
}
