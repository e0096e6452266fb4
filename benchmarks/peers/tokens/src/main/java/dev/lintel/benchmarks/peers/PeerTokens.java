package dev.lintel.benchmarks.peers;

import dev.lintel.benchmarks.tokens.HerdBenchmark;
import dev.lintel.benchmarks.tokens.TokenContender;
import java.util.List;

/** Lets many callers want a token of each peer's client at once. */
public final class PeerTokens {
    private PeerTokens() {}

    static List<TokenContender> all() {
        return List.of(
                new SpringTokens(), new GoogleTokens(), new AwsTokens(true), new AwsTokens(false), new MsalTokens());
    }

    /**
     * Runs them.
     *
     * @param arguments how many callers there are; 1000 and 10000 if there are none
     * @throws Exception if a state cannot be reached
     */
    public static void main(String[] arguments) throws Exception {
        HerdBenchmark.run(all(), arguments);
        System.exit(0);
    }
}
