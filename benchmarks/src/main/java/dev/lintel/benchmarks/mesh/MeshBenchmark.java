package dev.lintel.benchmarks.mesh;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link MeshOnce} with 1,000 and with 10,000 APIs and {@code istioctl validate} over the same files, in turns. */
public final class MeshBenchmark {
    private static final int FEW = 1_000;
    private static final int MANY = 10_000;

    private final Map<String, List<Double>> figures = new TreeMap<>();

    private MeshBenchmark() {}

    /** What one run printed, and how long its process took from start to end. */
    private record Run(List<Double> printed, double wall) {
        double write() {
            return printed.get(1) + printed.get(2);
        }

        double read() {
            return printed.get(3) + printed.get(4);
        }
    }

    /**
     * Runs it.
     *
     * @param arguments the path of istioctl, and how many rounds
     * @throws Exception if a program does not end well
     */
    public static void main(String[] arguments) throws Exception {
        MeshBenchmark benchmark = new MeshBenchmark();
        int rounds = Integer.parseInt(arguments[1]);
        for (int round = 1; round <= rounds; round++) {
            Path folder = Files.createTempDirectory("lintel-mesh");
            try {
                benchmark.round(arguments[0], folder);
            } finally {
                delete(folder);
            }
            System.out.println("round " + round + " of " + rounds);
        }
        benchmark.figures.forEach((name, all) -> print(name, all));
    }

    private void round(String istioctl, Path folder) throws IOException, InterruptedException {
        Run few = run(FEW, null);
        Run many = run(MANY, folder);
        note(few, "1,000");
        note(many, "10,000");
        add("ratio write, 10,000 to 1,000", many.write() / few.write());
        add("ratio read, 10,000 to 1,000", many.read() / few.read());
        add("ratio read to write, 10,000", many.read() / many.write());
        add("objects, 10,000", many.printed().get(6));

        double validated = wall(List.of(istioctl, "validate", "-f", folder.toString()), Redirect.DISCARD) * 1000;
        add("ms, istioctl validate, whole process", validated);
        add("ratio istioctl to ours, whole processes", validated / many.wall());
        add("ratio istioctl to ours, steps", validated / (many.printed().get(0) + many.write() + many.read()));
    }

    private void note(Run run, String apis) {
        Map<String, ToDoubleFunction<Run>> columns = new TreeMap<>(Map.of(
                "1 compile", r -> r.printed().get(0),
                "2 write", r -> r.printed().get(1),
                "3 to YAML", r -> r.printed().get(2),
                "4 from YAML", r -> r.printed().get(3),
                "5 read", r -> r.printed().get(4),
                "write and to YAML", Run::write,
                "from YAML and read", Run::read,
                "whole process", Run::wall));
        columns.forEach((name, figure) -> add("ms, " + apis + ": " + name, figure.applyAsDouble(run)));
        add("MiB of heap at most, " + apis, run.printed().get(5));
    }

    private static Run run(int apis, @Nullable Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                MeshOnce.class.getName(),
                String.valueOf(apis)));
        if (folder != null) {
            command.add(folder.toString());
        }
        File out = File.createTempFile("lintel-mesh", ".txt");
        try {
            double wall = wall(command, Redirect.to(out)) * 1000;
            String line = Files.readString(out.toPath(), StandardCharsets.UTF_8).strip();
            return new Run(Stream.of(line.split(" ")).map(Double::valueOf).toList(), wall);
        } finally {
            Files.delete(out.toPath());
        }
    }

    private static double wall(List<String> command, Redirect out) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(out.equals(Redirect.DISCARD) ? Redirect.DISCARD : Redirect.INHERIT)
                .start();
        int status = process.waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (status != 0) {
            throw new IllegalStateException(command.get(0) + " ended with " + status);
        }
        return seconds;
    }

    private void add(String name, double figure) {
        figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
    }

    private static void print(String name, List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-48s %10.2f %10.2f %10.2f%n",
                name,
                sorted.get(0),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
