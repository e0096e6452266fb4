package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.Comparison;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.istio.RandomRequests;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written decides like the model, also for somebody who goes through the objects by the specification alone. */
class NaiveGatewayTest {
    private static final int MODELS = 40;
    private static final int TRIES = 5 * MODELS;
    private static final int REQUESTS = 40;

    /** Models that were written, and what differed. */
    private record Trial(int models, int asked, List<String> different) {}

    @ParameterizedTest
    @EnumSource(Extension.class)
    void whatIsWrittenDecidesAsTheSpecificationSays(Extension extension) {
        Trial trial = trial(extension, manifests -> manifests);

        assertThat(trial.different().stream().limit(3)).isEmpty();
        assertThat(trial.models()).isEqualTo(MODELS);
        assertThat(trial.asked()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aChangedObjectIsSeen(Mutant mutant) {
        Trial trial = trial(Extension.ENVOY_GATEWAY, mutant::of);

        assertThat(trial.different()).isNotEmpty();
    }

    /** Ways to change what was written. */
    enum Mutant {
        OTHER_SERVICE("name=", "name=x-", "backendRefs"),
        OTHER_PREFIX("value=/", "value=/x", "rules"),
        OTHER_METHOD("method=GET", "method=PATCH", "rules"),
        OTHER_HEADER("value=1", "value=7", "rules"),
        OTHER_STATUS("statusCode=", "statusCode=4", "directResponse"),
        OTHER_TYPE("type=Exact", "type=PathPrefix", "rules"),
        OTHER_WEIGHT("weight=", "weight=1", "rules"),
        OTHER_SECTION("sectionName=rule-1", "sectionName=rule-2", "targetRefs"),
        OTHER_SCOPE("scopes=[", "scopes=[more, ", "authorization"),
        OPEN("defaultAction=Deny", "defaultAction=Allow", "authorization"),
        OTHER_ISSUER("issuer=https", "issuer=http", "jwt"),
        OTHER_HOST("hostnames=", "hostnames=x", "hostnames");

        private final String from;
        private final String to;
        private final String under;

        Mutant(String from, String to, String under) {
            this.from = from;
            this.to = to;
            this.under = under;
        }

        List<Manifest> of(Collection<Manifest> manifests) {
            return manifests.stream()
                    .map(one -> one.withSpec(Changes.of(one.spec(), under, from, to)))
                    .toList();
        }
    }

    private static Trial trial(Extension extension, UnaryOperator<Collection<Manifest>> change) {
        GatewayApiDialect dialect = GatewayApiWorld.dialect(extension);
        List<String> different = new ArrayList<>();
        int models = 0;
        int asked = 0;
        for (long seed = 1; seed <= TRIES && models < MODELS && different.size() < 3; seed++) {
            AdaptedModels random = new AdaptedModels(extension);
            MeshModel drawn = seed % 4 == 0 || seed % 8 == 1 ? random.sharing(seed) : random.model(seed);
            boolean grpc = seed % 4 == 1;
            MeshModel model = grpc ? GrpcModels.of(drawn) : drawn;
            Written written = dialect.write(model);
            boolean faults = model.apis().stream()
                    .anyMatch(api -> api.service().traffic().fault() != null);
            if (faults || !written.problems().isEmpty()) {
                continue;
            }
            models++;
            boolean unclaimed =
                    written.deviations().stream().anyMatch(one -> one.code().equals("gateway-api.odd-unclaimed"));
            Read read = dialect.read(written.manifests());
            Comparison comparison = new Comparison(model, read.model());
            Evaluator one = evaluator(model);
            Evaluator two = evaluator(read.model());
            boolean splits = model.apis().stream().anyMatch(api -> api.service().split() != null);
            Collection<Manifest> changed = change.apply(written.manifests());
            NaiveGateway gateway = new NaiveGateway(changed, dialect, false, labels(model));
            NaiveGateway other = new NaiveGateway(changed, dialect, true, labels(model));
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < REQUESTS; i++) {
                RequestValue request = grpc ? GrpcModels.call(requests.request(model)) : requests.request(model);
                boolean plain = isPlain(request.path());
                if (!plain || request.via() == Via.MESH || RoundTripTest.isListed(dialect, comparison, request)) {
                    continue;
                }
                asked++;
                Map<String, Integer> meant = decide(one, splits, request);
                Map<String, Integer> back = decide(two, splits, request);
                Map<String, Integer> naive = gateway.decide(request);
                Map<String, Integer> counted = other.decide(request);
                boolean nobody = unclaimed
                        && request.path().indexOf(';') >= 0
                        && meant.containsKey("answered 404")
                        && naive.containsKey("answered 400");
                if (!nobody && !(meant.equals(naive) && meant.equals(back) && meant.equals(counted))) {
                    different.add("seed %d: %s: meant %s, read %s, by the specification %s, by count %s"
                            .formatted(seed, request, meant, back, naive, counted));
                }
            }
        }
        return new Trial(models, asked, different);
    }

    private static Evaluator evaluator(MeshModel model) {
        return Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system());
    }

    /** How a gateway spells paths is a prerequisite, and in no object. */
    private static boolean isPlain(String path) {
        return !path.contains("//") && !path.contains("%") && !path.contains("/.");
    }

    /** Which workloads a service selects: all of an API's services select its workloads. */
    private static Map<String, Map<String, String>> labels(MeshModel model) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (ApiModel api : model.apis()) {
            labels.put(
                    api.namespace() + "/" + api.service().name(), api.service().labels());
            for (Version version : api.service().versions()) {
                labels.put(
                        api.namespace() + "/" + version.service(), api.service().labels());
            }
        }
        return labels;
    }

    /** What comes of a request for each of a hundred draws. */
    private static Map<String, Integer> decide(Evaluator evaluator, boolean splits, RequestValue request) {
        Map<String, Integer> shares = new TreeMap<>();
        if (!splits) {
            return Map.of(words(evaluator.decide(request, bound -> 0)), 100);
        }
        for (int draw = 0; draw < 100; draw++) {
            int share = draw;
            shares.merge(words(evaluator.decide(request, bound -> share * bound / 100)), 1, Integer::sum);
        }
        return shares;
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            String service = forward.api().service().name();
            for (Version version : forward.api().service().versions()) {
                if (version.name().equals(forward.version()) && version.service() != null) {
                    service = version.service();
                }
            }
            return "to " + service + " " + forward.forwardPath() + (forward.remember() ? " remembered" : "");
        }
        int status = decision instanceof Decision.Reply reply ? reply.status() : ((Decision.Refuse) decision).status();
        boolean refused = decision instanceof Decision.Refuse && (status == 401 || status == 403);
        return refused ? "refused" : "answered " + status;
    }
}
