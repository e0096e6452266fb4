package dev.lintel.benchmarks.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process took from its start to its end. Linux only, and one at a time: processor time is that of children.
 *
 * @param code its exit code
 * @param seconds of a clock
 * @param processors seconds of processors, its own and those of its children
 * @param printed what it printed
 * @param complaints what it printed as errors
 */
record Took(int code, double seconds, double processors, String printed, String complaints) {
    /** User and system time of the children that have ended, in {@code /proc/self/stat}, counted behind the name. */
    private static final int CHILDREN_USER = 13;

    private static final double TICKS_PER_SECOND = 100;

    static Took of(List<String> command) {
        try {
            Path out = Files.createTempFile("lintel-took", ".txt");
            Path err = Files.createTempFile("lintel-took", ".txt");
            try {
                double spent = spentByChildren();
                long begun = System.nanoTime();
                int code = new ProcessBuilder(command)
                        .redirectOutput(Redirect.to(out.toFile()))
                        .redirectError(Redirect.to(err.toFile()))
                        .start()
                        .waitFor();
                double seconds = (System.nanoTime() - begun) / 1e9;
                return new Took(code, seconds, spentByChildren() - spent, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double spentByChildren() throws IOException {
        String line = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.UTF_8);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1])) / TICKS_PER_SECOND;
    }

    /** One of the numbers that it printed in a line. */
    double number(int index) {
        return Double.parseDouble(printed.strip().split(" ", -1)[index]);
    }
}
