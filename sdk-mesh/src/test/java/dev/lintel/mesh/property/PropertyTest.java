package dev.lintel.mesh.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written decides like the model, in every world; {@code -Dmodels} are written of each, and {@code -Drequests}
 * different requests are asked of each model. {@code -Dseed} is the first one that is tried.
 */
class PropertyTest {
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int MODELS = Integer.getInteger("models", 40);
    private static final int REQUESTS = Integer.getInteger("requests", 200);

    static Stream<World> worlds() {
        return Worlds.all();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatIsWrittenDecidesLikeTheModel(World world) {
        Map<String, Integer> refused = new TreeMap<>();
        List<Long> written = written(world, refused);
        List<Trial> trials = written.parallelStream()
                .map(seed -> Trial.of(world, seed, REQUESTS))
                .toList();
        List<String> failures = trials.stream()
                .map(Trial::failure)
                .filter(one -> !one.isEmpty())
                .toList();
        System.out.printf(
                "%s: %d models written, %s refused; %,d requests compared, %,d listed as deviations; %,d decisions, %d to %d"
                        + " of a model; %d models differ%n",
                world,
                written.size(),
                refused.isEmpty() ? "none" : refused,
                trials.stream().mapToLong(Trial::compared).sum(),
                trials.stream().mapToLong(Trial::listed).sum(),
                trials.stream().mapToLong(Trial::decisions).sum(),
                trials.stream().mapToInt(Trial::decisions).min().orElse(0),
                trials.stream().mapToInt(Trial::decisions).max().orElse(0),
                failures.size());
        assertThat(failures.stream().limit(5)).isEmpty();
    }

    /** Seeds of models that the world writes; others count, and their reasons must be known. */
    private static List<Long> written(World world, Map<String, Integer> refused) {
        List<Long> written = new ArrayList<>();
        for (long seed = FIRST_SEED; written.size() < MODELS; seed++) {
            List<Problem> problems =
                    world.dialect().write(world.models().apply(seed)).problems();
            if (problems.isEmpty()) {
                written.add(seed);
            } else {
                assertThat(problems)
                        .as("%s, seed %d", world, seed)
                        .allMatch(problem -> world.refusals().contains(problem.code()));
                refused.merge(problems.get(0).code(), 1, Integer::sum);
            }
            // Asked of all together: among the first few, chance decides.
            assertThat(refused.values().stream().mapToInt(Integer::intValue).sum())
                    .as("%s refuses more than it writes: %s", world, refused)
                    .isLessThanOrEqualTo(MODELS);
        }
        return written;
    }
}
