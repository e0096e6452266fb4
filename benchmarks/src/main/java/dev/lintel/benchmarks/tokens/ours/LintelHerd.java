package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.benchmarks.tokens.HerdBenchmark;
import java.util.List;

/** Lets many callers want a token of our client at once. */
public final class LintelHerd {
    private LintelHerd() {}

    /**
     * Runs it, and then what it does in an outage and in a fleet.
     *
     * @param arguments how many callers there are; 1000 and 10000 if there are none
     * @throws Exception if a state cannot be reached
     */
    public static void main(String[] arguments) throws Exception {
        HerdBenchmark.run(List.of(new LintelTokens()), arguments);
        Outage.print();
        Fleet.print();
        System.exit(0);
    }
}
