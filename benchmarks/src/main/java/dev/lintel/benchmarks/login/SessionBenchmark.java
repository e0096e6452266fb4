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
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    /** For the runner. */
    public SessionBenchmark() {}

    /** Somebody who has logged in. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // prepare() comes before everything else
    public static class One {
        private LoggedIn people;
        private byte[] cookie;

        /** For the runner. */
        public One() {}

        /**
         * Logs in.
         *
         * @throws IOException if a page cannot be had
         * @throws InterruptedException if it is interrupted
         */
        @Setup
        public void prepare() throws IOException, InterruptedException {
            people = LoggedIn.people(1);
            cookie = people.cookies.get(0).getBytes(StandardCharsets.ISO_8859_1);
            if (!(known(people, cookie) instanceof Token.Verified)) {
                throw new IllegalStateException("nobody is known");
            }
        }
    }

    /** Many more than are kept, so that nearly every one of them is decrypted. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // prepare() comes before everything else
    public static class Many {
        private LoggedIn people;
        private byte[][] cookies;
        private int next;

        /** For the runner. */
        public Many() {}

        /**
         * Logs people in.
         *
         * @throws IOException if a page cannot be had
         * @throws InterruptedException if it is interrupted
         */
        @Setup
        public void prepare() throws IOException, InterruptedException {
            people = LoggedIn.people(2_500);
            cookies = people.cookies.stream()
                    .map(cookie -> cookie.getBytes(StandardCharsets.ISO_8859_1))
                    .toArray(byte[][]::new);
        }

        byte[] cookie() {
            next = next + 1 == cookies.length ? 0 : next + 1;
            return cookies[next];
        }
    }

    /** Each request brings its own text, as it came from the wire. */
    private static RequestValue from(LoggedIn people, byte[] cookie) {
        return RequestValue.of("GET", people.host, "/", null)
                .header("cookie", new String(cookie, StandardCharsets.ISO_8859_1));
    }

    private static Token known(LoggedIn people, byte[] cookie) {
        Entrance entrance =
                people.login.enter(from(people, cookie)).toCompletableFuture().join();
        return entrance.token();
    }

    /**
     * What making the request itself costs, which is no part of the check.
     *
     * @param one somebody
     * @return the request
     */
    @Benchmark
    public RequestValue request(One one) {
        return from(one.people, one.cookie);
    }

    /**
     * Somebody whose cookie was here before.
     *
     * @param one somebody
     * @return who it is
     */
    @Benchmark
    public Token seen(One one) {
        return known(one.people, one.cookie);
    }

    /**
     * Somebody else each time.
     *
     * @param many people
     * @return who it is
     */
    @Benchmark
    public Token decrypted(Many many) {
        return known(many.people, many.cookie());
    }
}
