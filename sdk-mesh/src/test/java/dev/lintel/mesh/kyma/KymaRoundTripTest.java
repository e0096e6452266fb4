package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.RandomAuthorizers;
import dev.lintel.mesh.istio.RandomModels;
import dev.lintel.mesh.istio.RandomRequests;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written means what was meant: read back as the controller makes it, it decides like the model. */
class KymaRoundTripTest {
    private static final KymaDialect DIALECT = KymaDialect.kyma().domain("example.com");
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int MODELS = Integer.getInteger("models", 300);
    private static final int REQUESTS = Integer.getInteger("requests", 60);
    static final Set<String> ANY = Set.of("istio.rewritten-access", "istio.answer-access");
    private static final Set<String> ASKED =
            Set.of("istio.rewritten-access", "istio.answer-access", "istio.authorizer-paths");
    static final Set<String> SIMPLE = Set.of("kyma.no-token-rule");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whatIsWrittenDecidesLikeTheModel() {
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            refused += check(DIALECT, seed, new RandomModels(seed).model(), ANY);
        }
        assertThat(refused).as("models that the dialect refuses").isLessThan(MODELS / 4);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whatAnApiRuleSaysAloneDecidesLikeTheModel() {
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            MeshModel model = SimpleModels.of(new RandomModels(seed).model());
            refused += check(DIALECT.onlyApiRules(), seed, model, SIMPLE);
        }
        assertThat(refused).as("models that no APIRule says").isLessThan(MODELS / 4);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whoeverIsAskedDecidesLikeTheModelOnSharedHostsToo() {
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
            RandomAuthorizers authorizers = RandomAuthorizers.of(seed);
            MeshModel plain = new RandomModels(seed).model();
            // Simple ones have whole hosts, which several APIs cannot have.
            boolean shares =
                    plain.apis().stream().anyMatch(api -> !api.entry().paths().isEmpty());
            MeshModel model = authorizers.model(shares || seed % 2 == 0 ? plain : SimpleModels.of(plain));
            refused += check(DIALECT, seed, model, ASKED, authorizers::answered);
        }
        assertThat(refused).as("models that the dialect refuses").isLessThan(MODELS / 4);
    }

    private static int check(KymaDialect dialect, long seed, MeshModel model, Set<String> expected) {
        return check(dialect, seed, model, expected, UnaryOperator.identity());
    }

    private static int check(
            KymaDialect dialect, long seed, MeshModel model, Set<String> expected, UnaryOperator<RequestValue> asked) {
        Written written = dialect.write(model);
        if (!written.problems().isEmpty()) {
            assertThat(written.problems()).as("seed %d", seed).allMatch(problem -> expected.contains(problem.code()));
            return 1;
        }
        String yaml = ManifestYaml.write(written.manifests());
        assertThat(ManifestYaml.read(yaml)).as("seed %d", seed).isEqualTo(written.manifests());
        Read read = dialect.read(written.manifests());
        assertThat(read.problems()).as("seed %d%n%s", seed, yaml).isEmpty();
        Evaluator meant = evaluator(model);
        Evaluator made = evaluator(read.model());
        RandomRequests requests = new RandomRequests(seed);
        for (int i = 0; i < REQUESTS; i++) {
            RequestValue request = asked.apply(requests.request(model));
            if (!isListed(request)) {
                assertThat(words(made, request, i))
                        .as("seed %d: %s%n%s%nread as %s%n%s", seed, request, model, read.model(), yaml)
                        .isEqualTo(words(meant, request, i));
            }
        }
        for (ApiModel api : model.apis()) {
            compare(seed, written, api, read.model().api(api.id()).orElseThrow());
        }
        return 0;
    }

    private static void compare(long seed, Written written, ApiModel api, ApiModel back) {
        if (isForwarded(written, api)) {
            assertThat(back.service().port())
                    .as("seed %d", seed)
                    .isEqualTo(api.service().port());
            assertThat(back.entry().headers())
                    .as("seed %d", seed)
                    .isEqualTo(api.entry().headers());
        }
        assertThat(back.service().labels())
                .as("seed %d", seed)
                .isEqualTo(api.service().labels());
        assertThat(back.entry().hosts())
                .as("seed %d", seed)
                .isEqualTo(api.entry().hosts());
        assertThat(back.service().traffic().balance())
                .as("seed %d", seed)
                .isEqualTo(api.service().traffic().balance());
        if (api.service().timeout() != null) {
            assertThat(back.service().timeout())
                    .as("seed %d", seed)
                    .isEqualTo(api.service().timeout());
        } else if (back.service().timeout() != null) {
            // Deviation kyma.longest-timeout.
            assertThat(back.service().timeout().total())
                    .as("seed %d", seed)
                    .isEqualTo(Duration.ofSeconds(Rule.LONGEST_TIMEOUT));
        }
    }

    /** Whether the gateway sends anything on; where it refuses everything, neither port nor headers are said anywhere. */
    private static boolean isForwarded(Written written, ApiModel api) {
        return written.manifests().stream()
                .filter(manifest -> manifest.namespace().equals(api.namespace())
                        && api.name().equals(manifest.labels().get(Manifest.API)))
                .anyMatch(manifest -> manifest.kind().equals("APIRule")
                        || List.of(DIALECT.gateway()).equals(manifest.spec().get("gateways"))
                                && manifest.spec().get("http") instanceof List<?> http
                                && http.stream()
                                        .anyMatch(route -> route instanceof Map<?, ?> one
                                                && (one.containsKey("route") || one.containsKey("delegate"))));
    }

    static Evaluator evaluator(MeshModel model) {
        return Evaluator.of(model, KymaDialect.STATUSES, InstantSource.system());
    }

    /** Deviations kyma.path-parameters and istio.odd-paths. */
    static boolean isListed(RequestValue request) {
        return request.path().indexOf(';') >= 0;
    }

    static String words(Evaluator evaluator, RequestValue request, long luck) {
        Draw draw = bound -> new Random(luck).nextInt(bound);
        Decision decision = evaluator.decide(request, draw);
        if (decision instanceof Decision.Forward forward) {
            String version = forward.api().service().versions().stream()
                    .filter(one -> one.name().equals(forward.version()))
                    .map(Version::toString)
                    .findFirst()
                    .orElse("any workload");
            return "to " + forward.api().id() + " " + version + " " + forward.path() + " as " + forward.forwardPath()
                    + (forward.remember() ? " remembered" : "") + " copied to " + forward.mirrors() + " after "
                    + forward.delay();
        }
        if (decision instanceof Decision.Reply reply) {
            return "answered " + reply.status() + " " + reply.location() + " " + reply.body();
        }
        int status = ((Decision.Refuse) decision).status();
        ApiModel api = evaluator.entered(request);
        // Deviation kyma.unlisted-path: the gateway knows no rule, and so it does not look at the token either.
        boolean nobody = status == 404 || status == 403 || status == 401;
        return api != null && nobody && !(request.token() instanceof Token.None && status == 401)
                ? "refused"
                : "refused " + status;
    }
}
