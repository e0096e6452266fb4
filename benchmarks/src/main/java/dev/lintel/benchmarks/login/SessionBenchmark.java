package dev.lintel.benchmarks.login;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.login.Entrance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** A request comes with the cookie of somebody who has logged in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    /** Many more than are kept, so that nearly every one of them is decrypted. */
    private static final int PEOPLE = 2_500;

    private LoggedIn people;
    private byte[][] cookies;
    private int next;

    /** For the runner. */
    public SessionBenchmark() {}

    /**
     * Logs people in.
     *
     * @throws IOException if a page cannot be had
     * @throws InterruptedException if it is interrupted
     */
    @Setup
    public void prepare() throws IOException, InterruptedException {
        people = LoggedIn.people(PEOPLE);
        cookies = people.cookies.stream()
                .map(cookie -> cookie.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        if (!(known(cookies[0]) instanceof Token.Verified)) {
            throw new IllegalStateException("nobody is known");
        }
    }

    /** Each request brings its own text, as it came from the wire. */
    private Token known(byte[] cookie) {
        RequestValue request = RequestValue.of("GET", people.host, "/", null)
                .header("cookie", new String(cookie, StandardCharsets.ISO_8859_1));
        Entrance entrance = people.login.enter(request).toCompletableFuture().join();
        return entrance.token();
    }

    /**
     * What making the request itself costs, which is no part of the check.
     *
     * @return the request
     */
    @Benchmark
    public RequestValue request() {
        return RequestValue.of("GET", people.host, "/", null)
                .header("cookie", new String(cookies[0], StandardCharsets.ISO_8859_1));
    }

    /**
     * Somebody whose cookie was here before.
     *
     * @return who it is
     */
    @Benchmark
    public Token seen() {
        return known(cookies[7]);
    }

    /**
     * Somebody else each time.
     *
     * @return who it is
     */
    @Benchmark
    public Token decrypted() {
        next = next + 1 == cookies.length ? 0 : next + 1;
        return known(cookies[next]);
    }
}
