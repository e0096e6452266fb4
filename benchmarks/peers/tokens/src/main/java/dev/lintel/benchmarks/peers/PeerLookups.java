package dev.lintel.benchmarks.peers;

import dev.lintel.benchmarks.tokens.LookupBenchmarks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what it costs to get a token that is there. */
public final class PeerLookups {
    private PeerLookups() {}

    /**
     * Runs them.
     *
     * @param arguments {@code --quick} for a look that proves nothing
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("spring", new SpringTokens().name());
        names.put("google", new GoogleTokens().name());
        names.put("awsOneCallerBlocks", new AwsTokens(true).name());
        names.put("awsNonBlocking", new AwsTokens(false).name());
        names.put("msal", new MsalTokens().name());
        LookupBenchmarks.run(LookupBenchmark.class, names, arguments);
    }
}
