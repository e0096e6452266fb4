package dev.lintel.benchmarks.peers;

import dev.lintel.benchmarks.tokens.TokenContender;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A caller gets a token that is there and fresh. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBenchmark {
    private static final Duration FRESH = Duration.ofMinutes(50);

    private SmallEndpoint endpoint;
    private TokenContender.Client spring;
    private TokenContender.Client google;
    private TokenContender.Client oneCallerBlocks;
    private TokenContender.Client nonBlocking;
    private TokenContender.Client msal;

    /** For the runner. */
    public LookupBenchmark() {}

    /**
     * Gives each client a fresh token.
     *
     * @throws Exception if that fails
     */
    @Setup
    public void prepare() throws Exception {
        endpoint = new SmallEndpoint();
        URI uri = endpoint.uri();
        spring = SpringTokens.client(uri, FRESH);
        google = GoogleTokens.client(uri, FRESH);
        oneCallerBlocks = new AwsTokens(true).client(uri, Duration.ZERO);
        nonBlocking = new AwsTokens(false).client(uri, Duration.ZERO);
        msal = MsalTokens.client(uri, "");
    }

    /** Ends the endpoint and the clients' threads. */
    @TearDown
    public void end() {
        oneCallerBlocks.close();
        nonBlocking.close();
        endpoint.close();
    }

    /**
     * Spring Security: a manager for services.
     *
     * @return the header
     * @throws Exception if there is no token
     */
    @Benchmark
    public String spring() throws Exception {
        return spring.authorization();
    }

    /**
     * google-auth: credentials with a refresh token.
     *
     * @return the header
     * @throws Exception if there is no token
     */
    @Benchmark
    public String google() throws Exception {
        return google.authorization();
    }

    /**
     * AWS SDK: a cache of which one caller refreshes.
     *
     * @return the header
     * @throws Exception if there is no token
     */
    @Benchmark
    public String awsOneCallerBlocks() throws Exception {
        return oneCallerBlocks.authorization();
    }

    /**
     * AWS SDK: a cache that refreshes by itself.
     *
     * @return the header
     * @throws Exception if there is no token
     */
    @Benchmark
    public String awsNonBlocking() throws Exception {
        return nonBlocking.authorization();
    }

    /**
     * MSAL4J: client credentials, in the caller's thread.
     *
     * @return the header
     * @throws Exception if there is no token
     */
    @Benchmark
    public String msal() throws Exception {
        return msal.authorization();
    }
}
