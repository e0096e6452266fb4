package dev.lintel.benchmarks.limit;

import dev.lintel.core.model.Guard;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of rate limits on one thread and on two, measures the memory, and prints what was found. */
@SuppressWarnings("ReachabilityFenceUsage") // nothing can throw between the two readings
public final class LimitBenchmarks {
    private static final PrintStream OUT = System.out;
    private static final int CALLERS = 100_000;

    private LimitBenchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments {@code --quick} for a look that is over in a minute and proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        boolean quick = arguments.length > 0 && arguments[0].equals("--quick");
        OUT.printf("%,d callers take %,d bytes%n", CALLERS, memory());
        run(quick, 1);
        run(quick, 2);
    }

    private static void run(boolean quick, int threads) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(LimitBenchmark.class.getName() + "\\.").threads(threads).shouldFailOnError(true);
        if (quick) {
            options.forks(1).warmupIterations(2).measurementIterations(3);
        }
        OUT.printf("%n%-12s %8s %8s %10s %20s%n", "limit", "callers", "threads", "ns", "decisions/s a core");
        for (RunResult result : new Runner(options.build()).run()) {
            double nanos = result.getPrimaryResult().getScore();
            OUT.printf(
                    Locale.ROOT,
                    "%-12s %8s %8d %10.1f %,20.0f%n",
                    result.getPrimaryResult().getLabel(),
                    result.getParams().getParam("callers"),
                    threads,
                    nanos,
                    1e9 / nanos);
        }
    }

    private static long memory() {
        // Whatever loads once, loads now.
        fill(Limits.slowByCaller());
        long before = used();
        Guard guard = Limits.slowByCaller();
        fill(guard);
        long taken = used() - before;
        Reference.reachabilityFence(guard);
        return taken;
    }

    private static void fill(Guard guard) {
        for (int i = 0; i < CALLERS; i++) {
            if (guard.check(Limits.call(i)) != null) {
                throw new IllegalStateException("the first call of a caller must pass");
            }
        }
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
