package dev.lintel.benchmarks.limit;

import dev.lintel.core.model.Guard;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One question to a rate limit, by callers in turn. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBenchmark {
    /** How many callers there are. */
    @Param({"1", "100000"})
    public int callers;

    private Guard byCaller = call -> null;
    private Guard byAddress = call -> null;
    private Guard all = call -> null;
    private Guard.Call[] calls = {};

    /** For the runner. */
    public LimitBenchmark() {}

    /** Each thread's place in the row of callers. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        /** For the runner. */
        public Turn() {}

        Guard.Call of(Guard.Call[] calls) {
            next = next + 1 == calls.length ? 0 : next + 1;
            return calls[next];
        }
    }

    /** Makes the limits and the calls, and lets every caller call once. */
    @Setup
    public void prepare() {
        byCaller = Limits.byCaller();
        byAddress = Limits.byAddress();
        all = Limits.all();
        calls = new Guard.Call[callers];
        for (int i = 0; i < callers; i++) {
            calls[i] = Limits.call(i);
            if (byCaller.check(calls[i]) != null || byAddress.check(calls[i]) != null) {
                throw new IllegalStateException("the first call of a caller must pass");
            }
        }
    }

    /**
     * A bucket for each caller.
     *
     * @param turn whose turn it is
     * @return null or the refusal
     */
    @Benchmark
    public Guard.@Nullable Refusal byCaller(Turn turn) {
        return byCaller.check(turn.of(calls));
    }

    /**
     * A bucket for each address.
     *
     * @param turn whose turn it is
     * @return null or the refusal
     */
    @Benchmark
    public Guard.@Nullable Refusal byAddress(Turn turn) {
        return byAddress.check(turn.of(calls));
    }

    /**
     * One bucket for all.
     *
     * @param turn whose turn it is
     * @return null or the refusal
     */
    @Benchmark
    public Guard.@Nullable Refusal forAll(Turn turn) {
        return all.check(turn.of(calls));
    }
}
