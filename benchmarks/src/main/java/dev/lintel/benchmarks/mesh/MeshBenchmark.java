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
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link MeshOnce} with 1,000 and with 10,000 APIs and {@code istioctl validate} over the same files, in turns. */
public final class MeshBenchmark {
    private static final int FEW = 1_000;
    private static final int MANY = 10_000;

    private final Map<String, List<Double>> figures = new TreeMap<>();

    private MeshBenchmark() {}

    private static final int STEPS = 6;
    /** User and system time of the children that have ended, in {@code /proc/self/stat}, counted behind the name. */
    private static final int CHILDREN_USER = 13;

    private static final double TICKS_PER_SECOND = 100;

    /** What one run printed, and what its process took from start to end. */
    private record Run(List<Double> printed, Took whole) {
        double wall(int step) {
            return printed.get(step);
        }

        double cpu(int step) {
            return printed.get(STEPS + step);
        }
    }

    /** Milliseconds of a clock, and of processors. */
    private record Took(double wall, double cpu) {}

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
        Took validated = took(List.of(istioctl, "validate", "-f", folder.toString()), Redirect.DISCARD);
        add("istioctl validate, ms", validated.wall());
        add("istioctl validate, ms of processors", validated.cpu());
        add("objects, 10,000", many.printed().get(2 * STEPS + 1));
        note("ms", few, many, validated.wall(), Run::wall, Took::wall);
        note("ms of processors", few, many, validated.cpu(), Run::cpu, Took::cpu);
        add("MiB of heap at most, 1,000", few.printed().get(2 * STEPS));
        add("MiB of heap at most, 10,000", many.printed().get(2 * STEPS));
    }

    private void note(
            String unit,
            Run few,
            Run many,
            double validated,
            ToDoubleBiFunction<Run, Integer> step,
            ToDoubleFunction<Took> whole) {
        List<String> names = List.of("compile", "write", "to YAML", "lint", "from YAML", "read");
        for (int i = 0; i < STEPS; i++) {
            add(unit + ", 1,000: " + i + " " + names.get(i), step.applyAsDouble(few, i));
            add(unit + ", 10,000: " + i + " " + names.get(i), step.applyAsDouble(many, i));
        }
        double fewWritten = step.applyAsDouble(few, 1) + step.applyAsDouble(few, 2);
        double fewRead = step.applyAsDouble(few, 4) + step.applyAsDouble(few, 5);
        double written = step.applyAsDouble(many, 1) + step.applyAsDouble(many, 2);
        double read = step.applyAsDouble(many, 4) + step.applyAsDouble(many, 5);
        double translated = step.applyAsDouble(many, 0) + written + step.applyAsDouble(many, 3);
        add(unit + ", 1,000: written", fewWritten);
        add(unit + ", 1,000: read", fewRead);
        add(unit + ", 10,000: written", written);
        add(unit + ", 10,000: read", read);
        add(unit + ", 10,000: whole process", whole.applyAsDouble(many.whole()));
        add("ratio of " + unit + ": written, 10,000 to 1,000", written / fewWritten);
        add("ratio of " + unit + ": read, 10,000 to 1,000", read / fewRead);
        add("ratio of " + unit + ": lint, 10,000 to 1,000", step.applyAsDouble(many, 3) / step.applyAsDouble(few, 3));
        add("ratio of " + unit + ": read to written", read / written);
        add("ratio of " + unit + ": istioctl to compiled, written, linted", validated / translated);
        add("ratio of " + unit + ": istioctl to that and read back", validated / (translated + read));
        add("ratio of " + unit + ": istioctl to whole process", validated / whole.applyAsDouble(many.whole()));
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
            Took whole = took(command, Redirect.to(out));
            String line = Files.readString(out.toPath(), StandardCharsets.UTF_8).strip();
            return new Run(Stream.of(line.split(" ")).map(Double::valueOf).toList(), whole);
        } finally {
            Files.delete(out.toPath());
        }
    }

    private static Took took(List<String> command, Redirect out) throws IOException, InterruptedException {
        double spent = spentByChildren();
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(out.equals(Redirect.DISCARD) ? Redirect.DISCARD : Redirect.INHERIT)
                .start();
        int status = process.waitFor();
        double wall = (System.nanoTime() - begun) / 1e6;
        if (status != 0) {
            throw new IllegalStateException(command.get(0) + " ended with " + status);
        }
        return new Took(wall, spentByChildren() - spent);
    }

    private static double spentByChildren() throws IOException {
        String line = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.UTF_8);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
        long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1]);
        return ticks * 1000 / TICKS_PER_SECOND;
    }

    private void add(String name, double figure) {
        figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
    }

    private static void print(String name, List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-72s %10.2f %10.2f %10.2f%n",
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
