package dev.lintel.benchmarks.evaluator;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.MeshModel;
import java.util.List;
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

/** From definitions to what is asked, each step by itself; the first time in a JVM counts as much as any other. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(value = 5, jvmArgs = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class CompileBenchmark {
    /** How many definitions there are. */
    @Param("10000")
    public int apis;

    private List<ApiDefinition> definitions = List.of();
    private MeshModel model = MeshModel.EMPTY;

    /** For the runner. */
    public CompileBenchmark() {}

    /** Says the definitions. */
    @Setup
    public void prepare() {
        definitions = Catalogue.definitions(apis);
        model = Catalogue.model(definitions);
    }

    /**
     * Says them and checks each by itself.
     *
     * @return the definitions
     */
    @Benchmark
    public List<ApiDefinition> define() {
        return Catalogue.definitions(apis);
    }

    /**
     * Compiles them into one model.
     *
     * @return the model
     */
    @Benchmark
    public MeshModel compile() {
        return Catalogue.model(definitions);
    }

    /**
     * Makes the model ready to be asked.
     *
     * @return the evaluator
     */
    @Benchmark
    public Evaluator index() {
        return Evaluator.of(model);
    }
}
