package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written means what was meant: read back, it decides like the model, for random models and requests. */
class RoundTripTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int MODELS = Integer.getInteger("models", 300);
    private static final int REQUESTS = Integer.getInteger("requests", 60);
    private static final Set<String> EXPECTED = Set.of("istio.rewritten-access", "istio.answer-access");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void what_is_written_decides_like_the_model() {
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            MeshModel model = new RandomModels(seed).model();
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                assertThat(written.problems())
                        .as("seed %d", seed)
                        .allMatch(problem -> EXPECTED.contains(problem.code()));
                refused++;
                continue;
            }
            check(seed, model, written);
        }
        assertThat(refused).as("models that the dialect refuses").isLessThan(MODELS / 4);
    }

    /** The same for who may call, boundaries and authorizers, with more calls from inside than anything else has. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whoMayCallIsDecidedLikeTheModelDecidesIt() {
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            RandomCallers callers = new RandomCallers(seed);
            MeshModel model = callers.model(new RandomModels(seed).model());
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                assertThat(written.problems())
                        .as("seed %d", seed)
                        .allMatch(problem -> IstioWorld.CALLERS.contains(problem.code()));
                refused++;
                continue;
            }
            check(seed, model, written);
            Read read = DIALECT.read(written.manifests());
            Comparison comparison = new Comparison(model, read.model());
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < 2 * REQUESTS; i++) {
                RequestValue request = callers.request(i % 2 == 0 ? requests.request(model) : requests.inside(model));
                if (!comparison.isListed(request)) {
                    assertThat(comparison.second(request, i))
                            .as(
                                    "seed %d: %s of %s%n%s%nread as %s",
                                    seed, request, request.caller(), model, read.model())
                            .isEqualTo(comparison.first(request, i));
                }
            }
        }
        assertThat(refused).as("models that the dialect refuses").isLessThan(MODELS / 3);
    }

    private static void check(long seed, MeshModel model, Written written) {
        String yaml = ManifestYaml.write(written.manifests());
        assertThat(ManifestYaml.read(yaml)).as("seed %d", seed).isEqualTo(written.manifests());
        Read read = DIALECT.read(written.manifests());
        assertThat(read.problems()).as("seed %d", seed).isEmpty();
        Comparison comparison = new Comparison(model, read.model());
        RandomRequests requests = new RandomRequests(seed);
        for (int i = 0; i < REQUESTS; i++) {
            RequestValue request = requests.request(model);
            if (!comparison.isListed(request)) {
                assertThat(comparison.second(request, i))
                        .as("seed %d: %s%n%s%nread as %s%n%s", seed, request, model, read.model(), yaml)
                        .isEqualTo(comparison.first(request, i));
            }
        }
        for (ApiModel api : model.apis()) {
            ApiModel back = read.model().api(api.id()).orElseThrow();
            assertThat(back.service().retry())
                    .as("seed %d", seed)
                    .isEqualTo(api.service().retry());
            assertThat(back.service().timeout())
                    .as("seed %d", seed)
                    .isEqualTo(api.service().timeout());
            assertThat(back.service().traffic())
                    .as("seed %d", seed)
                    .isEqualTo(asInAMesh(api.service().traffic()));
            if (!isAnswered(written, api)) {
                assertThat(back.service().port())
                        .as("seed %d", seed)
                        .isEqualTo(api.service().port());
                assertThat(back.entry().headers())
                        .as("seed %d", seed)
                        .isEqualTo(api.entry().headers());
            }
            assertThat(back.entry().hosts())
                    .as("seed %d", seed)
                    .isEqualTo(api.entry().hosts());
        }
    }

    /** Whether the gateway answers everything, so that neither port nor headers are said anywhere. */
    private static boolean isAnswered(Written written, ApiModel api) {
        return written.manifests().stream()
                .filter(manifest -> manifest.spec().containsKey("gateways")
                        && !List.of("mesh").equals(manifest.spec().get("gateways"))
                        && manifest.namespace().equals(api.namespace())
                        && api.name().equals(manifest.labels().getOrDefault(Manifest.API, api.name())))
                .flatMap(manifest -> Mutant.list(manifest.spec().get("http")).stream())
                .map(Mutant::map)
                .filter(route -> api.name().equals(route.getOrDefault("name", api.name())))
                .noneMatch(route -> route.containsKey("route") || route.containsKey("delegate"));
    }

    /** Deviation {@code istio.ejection-percent}: a share that depends on how many workloads there are is written as 50. */
    private static Traffic asInAMesh(Traffic said) {
        BreakerRule breaker = said.breaker();
        BreakerRule.Outliers outliers = breaker == null ? null : breaker.outliers();
        if (breaker == null || outliers == null) {
            boolean empty = breaker != null && breaker.limits().equals(BreakerRule.Limits.NONE);
            return with(said, empty ? null : breaker);
        }
        BreakerRule.Outliers written = new BreakerRule.Outliers(
                outliers.consecutive5xx(),
                outliers.consecutiveGatewayErrors(),
                outliers.splitLocalErrors(),
                outliers.consecutiveLocalFailures(),
                outliers.interval(),
                outliers.baseEjection(),
                outliers.maxEjection(),
                outliers.jitter(),
                outliers.percentFor(2));
        return with(said, new BreakerRule(written, breaker.limits(), breaker.origin()));
    }

    /** Of two choices about one condition only the first says something. */
    private static Traffic with(Traffic said, @Nullable BreakerRule breaker) {
        Map<Condition, Choice> first = new LinkedHashMap<>();
        said.choices().forEach(choice -> first.putIfAbsent(choice.when(), choice));
        return new Traffic(
                List.copyOf(first.values()),
                said.mirrors(),
                said.fault(),
                breaker,
                said.balance(),
                said.health(),
                said.elsewhere());
    }
}
