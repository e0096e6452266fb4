package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.benchmarks.tokens.LookupBenchmarks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what it costs to get a token of our client that is there. */
public final class LintelLookups {
    private LintelLookups() {}

    /**
     * Runs it.
     *
     * @param arguments {@code --quick} for a look that proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("clock", "System.nanoTime() alone");
        names.put("handle", "lintel, handle");
        names.put("tokens", "lintel, Tokens");
        names.put("key", "lintel, by key");
        names.put("equalKey", "lintel, by an equal key");
        LookupBenchmarks.run(LookupBenchmark.class, names, arguments);
    }
}
