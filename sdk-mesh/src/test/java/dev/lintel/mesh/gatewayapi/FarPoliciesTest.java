package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.IstioDialect;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Services elsewhere, external authorizers and retries are read back as they were said, and a mistake in them shows. */
class FarPoliciesTest {
    private static final Origin LINE = Origin.at("Orders.java", 7);
    private static final GatewayApiDialect ENVOY =
            GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.ENVOY_GATEWAY);
    private static final Elsewhere.Tls TLS =
            new Elsewhere.Tls("api.psp.example", List.of("api.psp.example", "psp.example"), null, null, null);
    private static final Token ALICE = Token.Verified.of("https://id.example", "alice", "orders");
    private static final AuthorizerRule AUTHORIZER = new AuthorizerRule(
            AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
            URI.create("grpc://authz.shop.svc:9191"),
            "",
            Duration.ofSeconds(1),
            false,
            403,
            null,
            Origin.unknown());

    /** What a test says about an API. */
    private record Said(
            @Nullable Elsewhere elsewhere,
            @Nullable AuthorizerRule authorizer,
            @Nullable RetryRule retry,
            boolean asks,
            boolean rewrites) {
        MeshModel model() {
            Issuer issuer = new Issuer(
                    "https://id.example", URI.create("https://id.example/keys"), List.of("any"), Origin.unknown());
            AccessRule rule =
                    new AccessRule(new Endpoint(List.of(), PathPattern.parse("/**")), Requirement.TOKEN, LINE);
            Rewrite rewrite = new Rewrite(PathPattern.parse("/old/**"), "/new", LINE);
            Entry entry = new Entry(
                    List.of("orders.shop.example.com"),
                    asks ? new Access(List.of(issuer), List.of("orders"), List.of(rule)) : Access.OPEN,
                    List.of(new Route(Match.of(new Endpoint(List.of(), PathPattern.parse("/**"))), null, null, LINE)),
                    rewrites ? List.of(rewrite) : List.of(),
                    HeaderChanges.NONE,
                    false,
                    List.of(),
                    authorizer,
                    null);
            Traffic traffic = new Traffic(List.of(), List.of(), null, null, null, null, elsewhere);
            Service service = new Service("orders", 80, Map.of("app", "orders"), List.of(), null, retry, null, traffic);
            return new MeshModel(List.of(new ApiModel("orders", "shop", entry, service, List.of(), LINE)));
        }
    }

    private static Elsewhere at(String address, Elsewhere.@Nullable Tls tls, @Nullable Duration limit) {
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL, URI.create(address), "api.psp.example", tls, limit, null, Origin.unknown());
    }

    private static ApiModel back(GatewayApiDialect dialect, Said said) {
        Written written = dialect.write(said.model());
        assertThat(written.problems()).isEmpty();
        assertThat(ManifestYaml.read(ManifestYaml.write(written.manifests()))).isEqualTo(written.manifests());
        Read read = dialect.read(written.manifests());
        assertThat(read.problems()).isEmpty();
        return read.model().apis().get(0);
    }

    @ParameterizedTest
    @EnumSource(value = Extension.class, mode = Mode.EXCLUDE, names = "NONE")
    void whereAServiceElsewhereIsIsReadBack(Extension extension) {
        GatewayApiDialect dialect = ENVOY.extension(extension);
        boolean envoy = extension == Extension.ENVOY_GATEWAY;
        Random random = new Random(7);
        int asked = 0;
        for (int i = 0; i < 200; i++) {
            boolean secure = random.nextBoolean();
            String host = List.of("api.psp.example", "edge.psp.example", "192.0.2.7", "[2001:db8::1]")
                    .get(random.nextInt(envoy ? 4 : 3));
            SecretRef ca = envoy && random.nextBoolean() ? new SecretRef("shop", "psp", "ca.crt") : null;
            Elsewhere.Tls tls = new Elsewhere.Tls(
                    "api.psp.example",
                    random.nextBoolean() ? TLS.subjectAltNames() : List.of("api.psp.example"),
                    ca,
                    null,
                    null);
            Elsewhere elsewhere = at(
                    (secure ? "https://" : "http://") + host + ":" + (random.nextBoolean() ? 443 : 8443),
                    secure ? tls : null,
                    random.nextBoolean() ? null : Duration.ofMillis(1500));
            Said said = new Said(elsewhere, null, null, envoy && random.nextBoolean(), random.nextBoolean());
            ApiModel back = back(dialect, said);
            assertThat(back.service().traffic().elsewhere()).isEqualTo(elsewhere);
            assertThat(back.entry().headers()).isEqualTo(HeaderChanges.NONE);
            assertThat(back.entry().access().isRestricted()).isEqualTo(said.asks());
            assertThat(back.entry().rewrites()).hasSize(said.rewrites() ? 1 : 0);
            asked += said.asks() ? 1 : 0;
        }
        assertThat(asked).isBetween(envoy ? 50 : 0, envoy ? 150 : 0);
    }

    @Test
    void theFormerNameOfAPolicyIsWrittenBeforeItWasStandard() {
        Said said = new Said(
                at(
                        "https://api.psp.example:443",
                        new Elsewhere.Tls("api.psp.example", List.of("api.psp.example"), null, null, null),
                        null),
                null,
                null,
                false,
                false);
        for (GatewayApiVersion version : GatewayApiVersion.values()) {
            GatewayApiDialect dialect = ENVOY.version(version);
            boolean standard = version.isAtLeast(GatewayApiVersion.V1_4);
            Written written = dialect.write(said.model());
            assertThat(written.manifests())
                    .filteredOn(one -> one.kind().equals(Meta.TLS_POLICY))
                    .extracting(Manifest::apiVersion)
                    .containsExactly(standard ? Meta.V1 : Meta.V1ALPHA3);
            assertThat(written.prerequisites().stream()
                            .anyMatch(one -> one.code().equals("gateway-api.backend-tls")))
                    .isEqualTo(!standard);
            assertThat(back(dialect, said).service().traffic().elsewhere()).isEqualTo(said.elsewhere());
        }
    }

    @Test
    void severalNamesAreRefusedWhereTheyWouldNotBeAskedFor() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        assertThat(ENVOY.version(GatewayApiVersion.V1_3).write(said.model()).problems())
                .extracting(problem -> problem.code())
                .containsExactly("gateway-api.feature");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorizerDecidesAsItWasSaid(boolean asks) {
        Random random = new Random(11);
        for (Extension extension : List.of(Extension.ISTIO, Extension.ENVOY_GATEWAY)) {
            for (int i = 0; i < 40; i++) {
                boolean body = random.nextBoolean();
                AuthorizerRule rule = new AuthorizerRule(
                        AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                        URI.create("grpc://authz." + (random.nextBoolean() ? "shop" : "security") + ".svc:9191"),
                        "",
                        Duration.ofMillis(1 + random.nextInt(5000)),
                        random.nextBoolean(),
                        403,
                        body ? new AuthorizerRule.Body(1 + random.nextInt(9000), false, false) : null,
                        Origin.unknown());
                Said said = new Said(null, rule, null, asks, random.nextBoolean());
                ApiModel back = back(ENVOY.extension(extension), said);
                assertThat(back.entry().authorizer()).isEqualTo(rule);
                assertThat(back.entry().access().isRestricted()).isEqualTo(asks);
                assertThat(verdicts(new MeshModel(List.of(back)))).isEqualTo(verdicts(said.model()));
            }
        }
    }

    private static List<String> verdicts(MeshModel model) {
        Evaluator evaluator = Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system());
        List<String> words = new ArrayList<>();
        for (Verdict verdict : List.of(
                Verdict.UNASKED, Verdict.ALLOWED, new Verdict.Denied(401, List.of(), ""), new Verdict.Failed("late"))) {
            for (String path : List.of("/", "/old/x", "/a")) {
                Request request = RequestValue.of("GET", "orders.shop.example.com", path, null)
                        .token(ALICE)
                        .verdict(verdict);
                words.add(verdict + " " + path + " "
                        + evaluator.decide(request, bound -> 0).getClass());
            }
        }
        return words;
    }

    @Test
    void retriesOfEnvoyGatewayAreReadBack() {
        Random random = new Random(13);
        int written = 0;
        for (int i = 0; i < 300; i++) {
            RetryRule rule = retry(random);
            Said said = new Said(null, null, rule, false, false);
            if (PolicyRetries.isForAllMethods(rule)) {
                assertThat(back(ENVOY, said).service().retry()).isEqualTo(rule);
                written++;
            } else {
                assertThat(ENVOY.write(said.model()).problems())
                        .extracting(problem -> problem.code())
                        .containsExactly("gateway-api.retry-methods");
            }
        }
        assertThat(written).isBetween(80, 250);
    }

    @Test
    void retriesOfTheStandardAreReadBack() {
        Set<String> features = new TreeSet<>(ENVOY.features());
        features.addAll(List.of(Features.RETRY, Features.RETRY_CONNECTION, Features.TRY_TIMEOUT));
        GatewayApiDialect dialect = ENVOY.extension(Extension.NONE).supportedFeatures(features);
        Random random = new Random(17);
        int written = 0;
        for (int i = 0; i < 300; i++) {
            RetryRule rule = retry(random);
            Said said = new Said(null, null, rule, false, random.nextBoolean());
            if (StandardRetries.canSay(rule)
                    && rule.backoff().most().equals(rule.backoff().base().multipliedBy(10))) {
                assertThat(back(dialect, said).service().retry()).isEqualTo(rule);
                written++;
            } else {
                assertThat(dialect.write(said.model()).problems())
                        .allMatch(problem -> problem.code().startsWith("gateway-api.retry-"))
                        .isNotEmpty();
            }
        }
        assertThat(written).isBetween(8, 100);
    }

    private static RetryRule retry(Random random) {
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        for (RetryOn each : RetryOn.values()) {
            if (random.nextInt(4) > 0 && (each != RetryOn.SERVER_ERROR || random.nextBoolean())) {
                on.add(each);
            }
        }
        Set<Integer> statuses = random.nextBoolean() ? Set.of() : Set.of(429);
        boolean unsent = on.equals(EnumSet.of(RetryOn.CONNECT_FAILURE)) && statuses.isEmpty();
        Duration base = Duration.ofMillis(1 + random.nextInt(900));
        return new RetryRule(
                1 + random.nextInt(5),
                random.nextBoolean() ? null : Duration.ofMillis(1 + random.nextInt(9000)),
                !unsent && random.nextInt(3) > 0,
                on.isEmpty() ? EnumSet.of(RetryOn.RESET) : on,
                statuses,
                new RetryRule.Backoff(base, base.multipliedBy(random.nextInt(4) > 0 ? 10 : 3)),
                RetryRule.Budget.DEFAULT,
                Origin.unknown());
    }

    private static Read after(Said said, String kind, @Nullable Consumer<Map<String, Object>> change) {
        List<Manifest> mutated = new ArrayList<>();
        int hits = 0;
        for (Manifest one : ENVOY.write(said.model()).manifests()) {
            boolean hit = one.kind().equals(kind);
            hits += hit ? 1 : 0;
            if (hit && change != null) {
                Map<String, Object> spec = tree(one.spec());
                change.accept(spec);
                assertThat(spec).as("what the mistake changes").isNotEqualTo(one.spec());
                mutated.add(new Manifest(
                        one.apiVersion(),
                        one.kind(),
                        one.namespace(),
                        one.name(),
                        one.labels(),
                        one.annotations(),
                        spec));
            } else if (!hit) {
                mutated.add(one);
            }
        }
        assertThat(hits).as("objects of the kind " + kind).isPositive();
        return ENVOY.read(mutated);
    }

    private static Map<String, Object> tree(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), node(value)));
        return copy;
    }

    private static Object node(Object value) {
        if (value instanceof Map<?, ?> map) {
            return tree(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(node(each)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> spec, String name) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(spec.get(name));
    }

    private static @Nullable Elsewhere elsewhere(Read read) {
        return read.model().apis().get(0).service().traffic().elsewhere();
    }

    @Test
    void withoutItsPolicyTheFarSideIsReachedInClear() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        Read read = after(said, Meta.TLS_POLICY, null);
        assertThat(read.problems()).isEmpty();
        assertThat(elsewhere(read)).isNotNull().satisfies(one -> {
            assertThat(one.tls()).isNull();
            assertThat(one.address()).hasScheme("http");
        });
    }

    @Test
    void whatIsCheckedLessInACertificateIsTold() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        Read names =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").remove("subjectAltNames"));
        assertThat(elsewhere(names)).isNotEqualTo(said.elsewhere());
        Read hostname =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").put("hostname", "evil.example"));
        assertThat(elsewhere(hostname)).isNotEqualTo(said.elsewhere());
        Read anybody =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").remove("wellKnownCACertificates"));
        assertThat(anybody.problems()).anyMatch(problem -> problem.message().contains("trusts neither"));
        Read other =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").put("wellKnownCACertificates", "Mine"));
        assertThat(other.problems()).anyMatch(problem -> problem.message().contains("trusts neither"));
        Read backend = after(said, Meta.BACKEND, null);
        assertThat(backend.problems()).anyMatch(problem -> problem.message().contains("there is no Backend"));
        Read skipped = after(said, Meta.BACKEND, spec -> spec.put("tls", Map.of("insecureSkipVerify", true)));
        assertThat(skipped.problems()).anyMatch(problem -> problem.message().contains("tls is not read"));
    }

    @Test
    void aTokenThatGoesOnAndACallByAnotherNameAreTold() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, true, false);
        Read token =
                after(said, Meta.HTTP_ROUTE, spec -> rule(spec, 1).put("filters", List.of(rewrite("api.psp.example"))));
        assertThat(token.problems()).anyMatch(problem -> problem.message().contains("sends tokens"));
        Read name = after(said, Meta.HTTP_ROUTE, spec -> rule(spec, 1).remove("filters"));
        assertThat(name.problems()).anyMatch(problem -> problem.message().contains("by several names"));
    }

    private static Map<String, Object> rewrite(String hostname) {
        return Map.of("type", "URLRewrite", "urlRewrite", Map.of("hostname", hostname));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> rule(Map<String, Object> spec, int index) {
        return (Map<String, Object>) ((List<Object>) java.util.Objects.requireNonNull(spec.get("rules"))).get(index);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorizerThatIsDroppedOrFailsOpenShows(boolean asks) {
        Said said = new Said(null, AUTHORIZER, null, asks, false);
        List<String> meant = verdicts(said.model());
        Read dropped = after(said, Meta.SECURITY_POLICY, spec -> spec.remove("extAuth"));
        assertThat(!dropped.problems().isEmpty() || !verdicts(dropped.model()).equals(meant))
                .isTrue();
        Read open =
                after(said, Meta.SECURITY_POLICY, spec -> part(spec, "extAuth").put("failOpen", true));
        assertThat(open.model().apis().get(0).entry().authorizer()).isNotNull().matches(AuthorizerRule::failOpen);
        assertThat(verdicts(open.model())).isNotEqualTo(meant);
        Read gone = after(said, Meta.SECURITY_POLICY, null);
        assertThat(verdicts(gone.model())).isNotEqualTo(meant);
    }

    @Test
    void anAuthorizerForARuleThatIsNotThereIsAskedNowhere() {
        Said said = new Said(null, AUTHORIZER, null, false, true);
        Read read = after(said, Meta.SECURITY_POLICY, spec -> {
            Map<String, Object> target = new LinkedHashMap<>(
                    tree((Map<?, ?>) ((List<?>) java.util.Objects.requireNonNull(spec.get("targetRefs"))).get(0)));
            target.put("sectionName", "rule-1");
            spec.put("targetRefs", List.of(target));
        });
        assertThat(read.model().apis().get(0).entry().authorizer()).isNull();
    }

    @Test
    void moreRetriesThanWereSaidShow() {
        RetryRule rule = new RetryRule(2, null, true, LINE);
        Said said = new Said(null, null, rule, false, false);
        Read read = after(said, Meta.TRAFFIC_POLICY, spec -> part(spec, "retry").put("numRetries", 9));
        assertThat(read.model().apis().get(0).service().retry()).isNotNull().matches(retry -> retry.attempts() == 9);
        Read odd = after(said, Meta.TRAFFIC_POLICY, spec -> part(spec, "retry").remove("retryOn"));
        assertThat(odd.problems()).anyMatch(problem -> problem.message().contains("has no words here"));
    }
}
