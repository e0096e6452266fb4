package dev.lintel.benchmarks.login;

import dev.lintel.benchmarks.tokens.LookupBenchmarks;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks of sessions. */
public final class SessionBenchmarks {
    private SessionBenchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments {@code --quick} for a look that proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        LookupBenchmarks.run(
                SessionBenchmark.class,
                Map.of("request", "making the request", "seen", "cookie seen before", "decrypted", "cookie decrypted"),
                arguments);
    }
}
