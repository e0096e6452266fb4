package dev.lintel.benchmarks.tokens;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks of getting a token that is there, and prints a row for each. */
public final class LookupBenchmarks {
    private static final PrintStream OUT = System.out;

    private LookupBenchmarks() {}

    /**
     * Runs and prints.
     *
     * @param benchmark the class of the benchmarks
     * @param names what each method is called in the table
     * @param arguments {@code --quick} for a look that proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void run(Class<?> benchmark, Map<String, String> names, String[] arguments) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getName() + "\\.").shouldFailOnError(true);
        options.addProfiler(GCProfiler.class);
        if (arguments.length > 0 && arguments[0].equals("--quick")) {
            options.forks(1).warmupIterations(1).measurementIterations(1);
        }
        StringBuilder table = new StringBuilder("\n| contender | ns/op | B/op |\n|---|---|---|\n");
        for (RunResult result : new Runner(options.build()).run()) {
            String method = result.getPrimaryResult().getLabel();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f |%n",
                    names.getOrDefault(method, method),
                    result.getPrimaryResult().getScore(),
                    bytes(result)));
        }
        OUT.print(table);
    }

    @SuppressWarnings("rawtypes") // JMH answers its results raw
    private static double bytes(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> ((Result<?>) entry.getValue()).getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
