package dev.lintel.mesh.istio;

import static dev.lintel.mesh.istio.Mutant.at;
import static dev.lintel.mesh.istio.Mutant.list;
import static dev.lintel.mesh.istio.Mutant.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In front of a service elsewhere the gateway asks for the same as a workload would, and a mistake in that shows. */
class ElsewhereAccessTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final MeshModel MODEL = new MeshModel(List.of(FarModels.guarded()));
    private static final String POLICY = "orders.shop.access";
    private static final Token READ =
            new Token.Verified("https://id.example", "alice", List.of("orders"), List.of("read"), Map.of());
    private static final int MODELS = 60;
    private static final int REQUESTS = 300;

    private static RequestValue get(String path, Token token) {
        return RequestValue.of("GET", "orders.shop.example.com", path, null).token(token);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000, 2000, 3000})
    void theGatewayDecidesAsAWorkloadWould(long first) {
        int refused = 0;
        int restricted = 0;
        for (long seed = first; seed < first + MODELS; seed++) {
            MeshModel model = FarModels.random(seed);
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                assertThat(written.problems())
                        .extracting(Problem::code)
                        .isSubsetOf("istio.answer-access", "istio.rewritten-access", "istio.shared-parameters");
                refused++;
                continue;
            }
            restricted += FarModels.isOpen(model.apis().get(0)) ? 0 : 1;
            Read read = DIALECT.read(written.manifests());
            assertThat(read.problems()).as("seed %d", seed).isEmpty();
            compare(seed, model, read.model());
        }
        assertThat(refused).isLessThan(MODELS / 3);
        assertThat(restricted).isGreaterThan(MODELS / 3);
    }

    private static void compare(long seed, MeshModel model, MeshModel back) {
        Comparison comparison = new Comparison(model, back);
        RandomRequests requests = new RandomRequests(seed);
        for (int i = 0; i < REQUESTS; i++) {
            RequestValue request = requests.request(model);
            if (!comparison.isListed(request) && !isJudged(model, request)) {
                boolean others = isOthers(model, request);
                assertThat(refusedAlike(others, comparison.second(request, i)))
                        .as("seed %d: %s%n%s%nread as %s", seed, request, model, back)
                        .isEqualTo(refusedAlike(others, comparison.first(request, i)));
            }
        }
    }

    /** Deviation {@code istio.gateway-tokens}: a token that only other APIs trust is known at the gateway. */
    private static boolean isOthers(MeshModel model, RequestValue request) {
        ApiModel api = Evaluator.of(model, IstioDialect.STATUSES, InstantSource.system())
                .entered(request);
        return api != null
                && api.service().traffic().elsewhere() != null
                && request.token() instanceof Token.Verified token
                && !trusts(api, token)
                && model.apis().stream().anyMatch(other -> trusts(other, token));
    }

    private static String refusedAlike(boolean others, String answer) {
        return others && answer.equals("refused 401") ? "refused 403" : answer;
    }

    private static boolean trusts(ApiModel api, Token.Verified token) {
        return api.entry().access().issuers().stream()
                .anyMatch(issuer -> issuer.issuer().equals(token.issuer()));
    }

    /** Deviation {@code istio.gateway-tokens}: a token is judged at the hosts of APIs that ask for nothing as well. */
    private static boolean isJudged(MeshModel model, RequestValue request) {
        return request.via() != Request.Via.MESH
                && !(request.token() instanceof Token.None)
                && model.apis().stream()
                        .anyMatch(api ->
                                FarModels.isOpen(api) && api.entry().hosts().contains(request.host()));
    }

    @Test
    void aTokenIsAskedForAtTheGatewayOnly() {
        Written written = DIALECT.write(MODEL);
        assertThat(written.problems()).isEmpty();
        assertThat(written.deviations())
                .extracting(Deviation::code)
                .contains("istio.elsewhere-inside", "istio.elsewhere-authorization", "istio.gateway-tokens");
        assertThat(written.manifests())
                .filteredOn(manifest -> manifest.apiVersion().equals(Meta.SECURITY))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(manifest.namespace()).isEqualTo("istio-system"));
        assertThat(written.manifests())
                .filteredOn(manifest -> manifest.kind().equals(Meta.AUTHORIZATION_POLICY))
                .allSatisfy(manifest -> assertThat(manifest.spec()).containsEntry("action", "DENY"));
    }

    @Test
    void everyRuleNamesItsHosts() {
        GatewayAccessWriter writer = new GatewayAccessWriter(
                FarModels.guarded().entry().access(), List.of("a.example", "b.example"), List.of(), List.of());
        List<Map<String, Object>> rules = writer.rules(Set.of("https://id.example", "https://others.example"));
        assertThat(rules).hasSizeGreaterThan(4);
        for (Map<String, Object> rule : rules) {
            for (Object to : list(rule.get("to"))) {
                assertThat(list(at(map(to), "operation", "hosts")))
                        .containsExactly("a.example", "a.example:*", "b.example", "b.example:*");
            }
        }
    }

    /** No policy matches {@code *.shop.example.com} with any port, so that a request with a port would not be asked about. */
    @Test
    void hostsWithAStarAreRefusedWhereTheGatewayAsks() {
        Access access = FarModels.guarded().entry().access();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewayAccessWriter(access, List.of("*.example"), List.of(), List.of()))
                .withMessage("a policy at a gateway cannot mean every port of [*.example]");
        MeshModel wild = new MeshModel(List.of(new Inside(new Sketch())
                .asks(AuthorizerRule.Protocol.EXT_AUTHZ_GRPC, "grpc://opa.shop:9191", null)
                .at("*.shop.example.com")
                .api()));
        for (Written refused : List.of(DIALECT.write(wild), DIALECT.write(new MeshModel(List.of(starred()))))) {
            assertThat(refused.problems()).extracting(Problem::code).containsExactly("istio.wildcard-host");
        }
        MeshModel open = new MeshModel(
                List.of(new Inside(new Sketch()).at("*.shop.example.com").api()));
        assertThat(DIALECT.write(open).problems()).isEmpty();
    }

    private static ApiModel starred() {
        ApiModel api = FarModels.guarded();
        Entry entry = api.entry();
        Entry starred = new Entry(
                List.of("*.shop.example.com"),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters());
        return new ApiModel(api.name(), api.namespace(), starred, api.service(), api.guards(), api.origin());
    }

    @Test
    void aRuleIsForgotten() {
        different(without("/internal"), get("/internal/x", READ), "refused 403", "to orders.shop");
        different(
                manifests ->
                        without("[scope]").apply(without("notRequestPrincipals").apply(manifests)),
                get("/orders", Token.NONE),
                "refused 403",
                "to orders.shop");
        different(without("request.auth.audiences"), get("/status", forOthers()), "refused 403", "to orders.shop");
        different(
                without("notValues=[write]"),
                RequestValue.of("POST", "orders.shop.example.com", "/orders", null)
                        .token(READ),
                "refused 403",
                "to orders.shop");
    }

    private static Token forOthers() {
        return new Token.Verified("https://id.example", "alice", List.of("others"), List.of("read"), Map.of());
    }

    @Test
    void aCarveOutIsWidened() {
        different(
                policy(rules -> {
                    for (Object rule : rules) {
                        for (Object to : list(map(rule).get("to"))) {
                            Map<String, Object> operation = map(at(map(to), "operation"));
                            if (operation.containsKey("notPaths")) {
                                list(operation.get("notPaths")).addAll(List.of("/orders", "/orders/", "/orders/*"));
                            }
                        }
                    }
                }),
                get("/orders/7", Token.NONE),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void theHostIsAnother() {
        different(
                hosts(host -> host.replace("orders.", "carts.")),
                get("/orders", Token.NONE),
                "refused 403",
                "to orders.shop");
        unread(hosts(host -> host.replace(":*", ":80")), "with a port only, or without one only");
    }

    @Test
    void theIssuerIsAnother() {
        different(
                Mutant.named(
                        Meta.REQUEST_AUTHENTICATION,
                        POLICY,
                        spec -> map(at(spec, "jwtRules", 0)).put("issuer", "https://others.example")),
                get("/orders", READ),
                "to orders.shop",
                "refused");
        unread(
                Mutant.named(
                        Meta.REQUEST_AUTHENTICATION,
                        POLICY,
                        spec -> map(at(spec, "jwtRules", 0)).remove("fromHeaders")),
                "as from the query");
    }

    @Test
    void theWayFromInsideIsOpen() {
        unread(
                Mutant.named(Meta.SERVICE_ENTRY, "orders", spec -> spec.put("exportTo", List.of("*"))),
                "is found by calls from inside, which nobody asks for access");
    }

    @Test
    void tokensThatAreGoodHereGoOn() {
        unread(
                Mutant.of(
                        Meta.VIRTUAL_SERVICE,
                        "-entry",
                        spec -> map(at(spec, "http", 1)).remove("headers")),
                "gets the tokens that are good here");
    }

    @Test
    void anAllowPolicyAtTheGatewayIsNotTakenForOurs() {
        unread(
                Mutant.named(Meta.AUTHORIZATION_POLICY, POLICY, spec -> spec.put("action", "ALLOW")),
                "asks at the gateway for something else");
    }

    @Test
    void certificatesComeFromTheGatewaysSecret() {
        for (Elsewhere.Tls tls : List.of(
                FarModels.tls(FarModels.CA, null, null),
                FarModels.tls(
                        FarModels.CA, new SecretRef("shop", "me", "tls.crt"), new SecretRef("shop", "me", "tls.key")),
                FarModels.tls(
                        new SecretRef("istio-system", "psp", "ca.crt"),
                        new SecretRef("istio-system", "psp", "tls.crt"),
                        new SecretRef("istio-system", "psp", "tls.key")))) {
            ApiModel api = FarModels.far(new Sketch().withoutVersions().api(), tls);
            Written written = DIALECT.write(new MeshModel(List.of(api)));
            assertThat(written.problems()).isEmpty();
            assertThat(written.prerequisites()).extracting(Problem::code).contains("istio.elsewhere-secret");
            Read read = DIALECT.read(written.manifests());
            assertThat(read.problems()).isEmpty();
            assertThat(read.model().apis().get(0).service().traffic().elsewhere())
                    .isEqualTo(api.service().traffic().elsewhere());
        }
    }

    @Test
    void aCertificateWithoutAnAuthorityOrAKeyIsRefused() {
        for (Elsewhere.Tls tls : List.of(
                FarModels.tls(null, FarModels.CA, FarModels.CA), FarModels.tls(FarModels.CA, FarModels.CA, null))) {
            ApiModel api = FarModels.far(new Sketch().withoutVersions().api(), tls);
            assertThat(DIALECT.write(new MeshModel(List.of(api))).problems())
                    .extracting(Problem::code)
                    .containsExactly("istio.elsewhere-secrets");
        }
    }

    private interface Change {
        void in(List<Object> rules);
    }

    private static UnaryOperator<List<Manifest>> policy(Change change) {
        return Mutant.named(Meta.AUTHORIZATION_POLICY, POLICY, spec -> change.in(list(spec.get("rules"))));
    }

    private static UnaryOperator<List<Manifest>> without(String part) {
        return policy(rules -> assertThat(rules.removeIf(rule -> rule.toString().contains(part)))
                .isTrue());
    }

    private static UnaryOperator<List<Manifest>> hosts(UnaryOperator<String> other) {
        return policy(rules -> {
            for (Object rule : rules) {
                for (Object to : list(map(rule).get("to"))) {
                    list(at(map(to), "operation", "hosts")).replaceAll(host -> other.apply(String.valueOf(host)));
                }
            }
        });
    }

    private static void different(
            UnaryOperator<List<Manifest>> mistake, RequestValue request, String meant, String shown) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        Comparison comparison = new Comparison(MODEL, read.model());
        assertThat(comparison.first(request, 1)).contains(meant);
        assertThat(comparison.second(request, 1)).contains(shown);
    }

    private static void unread(UnaryOperator<List<Manifest>> mistake, String why) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        assertThat(read.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(why));
    }
}
