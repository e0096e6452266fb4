package dev.lintel.benchmarks.evaluator;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import java.util.concurrent.TimeUnit;
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

/** One decision: host, path, token, scopes, route, split. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
    /** How many APIs there are. */
    @Param({"1", "100", "10000"})
    public int apis;

    private Evaluator evaluator = Evaluator.of(Catalogue.model(Catalogue.definitions(1)));
    private Evaluator sticky = evaluator;
    private Traffic allowed = new Traffic(1, "/", "");
    private Traffic refused = allowed;
    private Traffic busiest = allowed;

    /** For the runner. */
    public DecisionBenchmark() {}

    /** Compiles the APIs and lays the requests out. */
    @Setup
    public void prepare() {
        evaluator = Evaluator.of(Catalogue.model(Catalogue.definitions(apis)));
        sticky = Evaluator.of(Catalogue.model(Catalogue.sticky(apis)));
        allowed = new Traffic(apis, "/orders/7", Catalogue.SCOPE);
        refused = new Traffic(apis, "/admin/7", Catalogue.SCOPE);
        busiest = new Traffic(Math.min(apis, 100), "/orders/7", Catalogue.SCOPE);
        check(evaluator.decide(allowed.next(), Draw.RANDOM), Decision.Forward.class);
        check(evaluator.decide(refused.next(), Draw.RANDOM), Decision.Refuse.class);
        check(sticky.decide(allowed.next(), Draw.RANDOM), Decision.Forward.class);
    }

    /**
     * A token with the scope, a split by chance; every API is called as often as the others.
     *
     * @return the decision
     */
    @Benchmark
    public Decision allowed() {
        return evaluator.decide(allowed.next(), Draw.RANDOM);
    }

    /**
     * The same, but all calls go to a hundred of the APIs.
     *
     * @return the decision
     */
    @Benchmark
    public Decision allowedBusiest100() {
        return evaluator.decide(busiest.next(), Draw.RANDOM);
    }

    /**
     * A token without the scope: 403 with its challenge.
     *
     * @return the decision
     */
    @Benchmark
    public Decision refused() {
        return evaluator.decide(refused.next(), Draw.RANDOM);
    }

    /**
     * A token with the scope, a split by the hash of a header.
     *
     * @return the decision
     */
    @Benchmark
    public Decision allowedSticky() {
        return sticky.decide(allowed.next(), Draw.RANDOM);
    }

    private static void check(Decision decision, Class<? extends Decision> wanted) {
        if (!wanted.isInstance(decision)) {
            throw new IllegalStateException("must be a " + wanted.getSimpleName() + ": " + decision);
        }
    }
}
