package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.TokenCache;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenSettings;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** A caller gets a token that is there and fresh. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBenchmark {
    private static final int KEYS = 1_000;

    private final TokenCache cache = TokenCache.of(key -> new StaticSource(), TokenSettings.defaults(), 10 * KEYS);
    private final Coordinates key = user(7);
    private final Coordinates equal = user(7);
    private final TokenHandle handle = cache.handle(key);
    private final Tokens tokens = Tokens.from(handle);

    /** For the runner. */
    public LookupBenchmark() {}

    private static Coordinates user(int number) {
        return Coordinates.of("https://id.example", "shop", "urn:ietf:params:oauth:grant-type:token-exchange")
                .scopes(List.of("orders.read", "orders.write"))
                .audiences("orders")
                .subject("user-" + number);
    }

    /** Gets a token for each of many users. */
    @Setup
    public void prepare() {
        for (int i = 0; i < KEYS; i++) {
            AccessToken unused = cache.token(user(i));
        }
    }

    /**
     * What no client that looks at the time can be faster than.
     *
     * @return now
     */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /**
     * By a handle that was bound to its key once.
     *
     * @return the token
     */
    @Benchmark
    public AccessToken handle() {
        return handle.token();
    }

    /**
     * By what puts tokens on requests.
     *
     * @return the header
     */
    @Benchmark
    public String tokens() {
        return tokens.token().authorization();
    }

    /**
     * By the key that it was bound to.
     *
     * @return the token
     */
    @Benchmark
    public AccessToken key() {
        return cache.token(key);
    }

    /**
     * By another key that says the same.
     *
     * @return the token
     */
    @Benchmark
    public AccessToken equalKey() {
        return cache.token(equal);
    }
}
