package dev.lintel.benchmarks.evaluator;

import dev.lintel.benchmarks.evaluator.Memory.PerApi;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks of the evaluator and prints what they found, and whether it is what it should be. */
public final class EvaluatorBenchmarks {
    private static final PrintStream OUT = System.out;

    private EvaluatorBenchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments {@code --quick} for a look that is over in a minute and proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        boolean quick = arguments.length > 0 && arguments[0].equals("--quick");
        PerApi memory = Memory.measure();
        Collection<RunResult> decisions = run(DecisionBenchmark.class, quick, true);
        Collection<RunResult> compiles = run(CompileBenchmark.class, quick, false);
        OUT.printf("%n%-20s %8s %10s %14s %10s%n", "decision", "APIs", "ns", "decisions/s", "bytes");
        double hundred = 0;
        for (RunResult result : decisions) {
            double nanos = result.getPrimaryResult().getScore();
            String name = result.getPrimaryResult().getLabel();
            String apis = result.getParams().getParam("apis");
            OUT.printf(Locale.ROOT, "%-20s %8s %10.1f %,14.0f %10.1f%n", name, apis, nanos, 1e9 / nanos, bytes(result));
            hundred = apis.equals("100") ? nanos : hundred;
            if (apis.equals("10000")) {
                OUT.printf(Locale.ROOT, "%-20s %8s %10.2f times the time of 100 APIs%n", name, "", nanos / hundred);
            }
        }
        OUT.printf("%n%-20s %8s %10s %14s%n", "definitions", "number", "ms", "a second");
        for (RunResult result : compiles) {
            double millis = result.getPrimaryResult().getScore();
            int apis = Integer.parseInt(result.getParams().getParam("apis"));
            OUT.printf(
                    Locale.ROOT,
                    "%-20s %8d %10.0f %,14.0f%n",
                    result.getPrimaryResult().getLabel(),
                    apis,
                    millis,
                    apis * 1e3 / millis);
        }
        OUT.printf(
                "%nmemory per API: %d bytes of model + %d bytes of evaluator = %d bytes%n",
                memory.model(), memory.evaluator(), memory.both());
    }

    private static Collection<RunResult> run(Class<?> benchmark, boolean quick, boolean allocation)
            throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getName() + "\\.").shouldFailOnError(true);
        if (allocation) {
            options.addProfiler(GCProfiler.class);
        }
        if (quick) {
            options.forks(1).warmupIterations(1).measurementIterations(1);
        }
        return new Runner(options.build()).run();
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
