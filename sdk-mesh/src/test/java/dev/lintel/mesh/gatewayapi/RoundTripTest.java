package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.Comparison;
import dev.lintel.mesh.istio.RandomAuthorizers;
import dev.lintel.mesh.istio.RandomRequests;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written means what was meant: read back, it decides like the model, for random models and requests. */
class RoundTripTest {
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int MODELS = Integer.getInteger("models", 200);
    private static final int REQUESTS = Integer.getInteger("requests", 60);
    static final Set<String> EXPECTED = Set.of(
            "istio.rewritten-access",
            "istio.answer-access",
            "istio.authorizer-paths",
            "gateway-api.rewritten-access",
            "gateway-api.template",
            "gateway-api.template-order",
            "gateway-api.overlap",
            "gateway-api.untold",
            "gateway-api.untold-ways",
            "gateway-api.fault-answers",
            "gateway-api.feature");

    @ParameterizedTest
    @EnumSource(Extension.class)
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whatIsWrittenDecidesLikeTheModel(Extension extension) {
        check(extension, seed -> new AdaptedModels(extension).model(seed), UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whatIsWrittenOfApisThatShareAHostDecidesLikeTheModel(Extension extension) {
        check(extension, seed -> new AdaptedModels(extension).sharing(seed), UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whatIsWrittenOfApisThatSpeakGrpcDecidesLikeTheModel(Extension extension) {
        check(extension, seed -> GrpcModels.of(new AdaptedModels(extension).model(seed)), GrpcModels::call);
    }

    @ParameterizedTest
    @EnumSource(names = {"ISTIO", "ENVOY_GATEWAY"})
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whoeverIsAskedOnSharedHostsDecidesLikeTheModel(Extension extension) {
        RandomAuthorizers answers = RandomAuthorizers.of(FIRST_SEED);
        check(
                extension,
                seed -> RandomAuthorizers.of(seed).plainly().model(new AdaptedModels(extension).sharing(seed)),
                answers::answered);
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void whatIsWrittenOfApisThatSpeakGrpcAndShareAHostDecidesLikeTheModel(Extension extension) {
        check(extension, seed -> GrpcModels.of(new AdaptedModels(extension).sharing(seed)), GrpcModels::call);
    }

    private static void check(Extension extension, LongFunction<MeshModel> models, UnaryOperator<RequestValue> asked) {
        GatewayApiDialect dialect = GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .extension(extension)
                .supportedFeatures(Features.known(Extension.ISTIO, GatewayApiVersion.V1_6));
        Map<String, Integer> refused = new TreeMap<>();
        int refusals = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            MeshModel model = models.apply(seed);
            Written written = dialect.write(model);
            if (!written.problems().isEmpty()) {
                assertThat(written.problems())
                        .as("seed %d", seed)
                        .allMatch(problem -> EXPECTED.contains(problem.code()));
                refused.merge(written.problems().get(0).code(), 1, Integer::sum);
                refusals++;
                continue;
            }
            Read read = dialect.read(written.manifests());
            assertThat(read.problems()).as("seed %d", seed).isEmpty();
            check(seed, dialect, model, written, read, asked);
        }
        assertThat(refused.getOrDefault("gateway-api.untold", 0) + refused.getOrDefault("gateway-api.untold-ways", 0))
                .as("models that would be written, but do not tell what is meant")
                .isLessThanOrEqualTo(MODELS / 50);
        assertThat(refusals).as("models that are refused: %s", refused).isLessThan(MODELS / 2);
    }

    private static void check(
            long seed,
            GatewayApiDialect dialect,
            MeshModel model,
            Written written,
            Read read,
            UnaryOperator<RequestValue> asked) {
        String yaml = ManifestYaml.write(written.manifests());
        assertThat(ManifestYaml.read(yaml)).as("seed %d", seed).isEqualTo(written.manifests());
        Comparison comparison = new Comparison(model, read.model());
        RandomRequests requests = new RandomRequests(seed);
        for (int i = 0; i < REQUESTS; i++) {
            RequestValue request = asked.apply(requests.request(model));
            if (!isListed(dialect, comparison, request)) {
                assertThat(comparison.second(request, i))
                        .as("seed %d: %s%n%s%nread as %s%n%s", seed, request, model, read.model(), yaml)
                        .isEqualTo(comparison.first(request, i));
            }
        }
        for (ApiModel api : model.apis()) {
            ApiModel back = read.model().api(api.id()).orElseThrow();
            assertThat(back.service().grpc())
                    .as("seed %d", seed)
                    .isEqualTo(api.service().grpc());
            assertThat(back.entry().hosts())
                    .as("seed %d", seed)
                    .isEqualTo(api.entry().hosts());
            if (goesOn(written, api)) {
                assertThat(back.service().timeout())
                        .as("seed %d", seed)
                        .isEqualTo(api.service().timeout());
                assertThat(back.service().traffic().balance())
                        .as("seed %d", seed)
                        .isEqualTo(api.service().traffic().balance());
                assertThat(back.service().traffic().mirrors())
                        .as("seed %d", seed)
                        .isEqualTo(api.service().traffic().mirrors());
                assertThat(back.service().traffic().fault())
                        .as("seed %d", seed)
                        .isEqualTo(api.service().traffic().fault());
                assertThat(back.entry().headers())
                        .as("seed %d", seed)
                        .isEqualTo(api.entry().headers());
            }
        }
    }

    /** Whether something goes on to the service; where all is answered, nothing is written about calls. */
    private static boolean goesOn(Written written, ApiModel api) {
        return written.manifests().stream()
                .filter(manifest -> manifest.kind().endsWith("Route")
                        && manifest.namespace().equals(api.namespace())
                        && api.name().equals(manifest.labels().get(Manifest.API)))
                .flatMap(manifest ->
                        ((List<?>) Objects.requireNonNull(manifest.spec().get("rules"))).stream())
                .anyMatch(rule -> ((Map<?, ?>) rule).containsKey("backendRefs"));
    }

    /** Deviations {@code gateway-api.odd-paths} and {@code gateway-api.inside}. */
    static boolean isListed(GatewayApiDialect dialect, Comparison comparison, RequestValue request) {
        boolean odd = request.path().indexOf(';') >= 0;
        boolean inside = request.via() == Via.MESH;
        return comparison.isListed(request)
                || odd && dialect.extension() != Extension.ENVOY_GATEWAY
                || inside && dialect.extension() != Extension.ISTIO;
    }
}
