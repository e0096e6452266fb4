package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Feature;
import dev.lintel.mesh.istio.Sketch;
import dev.lintel.mesh.kyma.Rule.Backend;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the controller gets wrong is never written: rules come in an order in which it cannot. */
class SafeRulesTest {
    private static final Backend ORDERS = new Backend("orders", "shop", 80);

    @Test
    void aProtectedPathIsTakenOutOfEveryWiderRule() {
        Access access = access("PUT /x/**", open(), "GET /x/secret", scope("secret"), "GET /x/**", open());
        RulePlan plan = RulePlan.of(access);
        assertThat(new Proof(access, rules(plan), plan.denials()).failure()).isEmpty();
        assertThat(asked(plan, "GET", "/x/secret")).as("D1").isEqualTo(scope("secret"));
        assertThat(asked(plan, "GET", "/x/secret/")).isEqualTo(scope("secret"));
        assertThat(asked(plan, "PUT", "/x/secret")).isEqualTo(open());
    }

    @Test
    void aProtectedRootIsApartFromEverythingElse() {
        Access access = access("/", scope("root"), "/**", open());
        RulePlan plan = RulePlan.of(access);
        assertThat(new Proof(access, rules(plan), plan.denials()).failure()).isEmpty();
        assertThat(plan.rules()).extracting(rule -> rule.path().text()).containsExactly("/", "/{*}", "/{*}/{**}");
        assertThat(asked(plan, "GET", "/")).as("D2").isEqualTo(scope("root"));
        assertThat(asked(plan, "GET", "/x/y")).isEqualTo(open());
    }

    @Test
    void theProofFindsWhatTheControllerGetsWrong() {
        Access d1 = access("/x/secret", scope("secret"), "/x/**", open());
        List<Rule> wrong = List.of(
                rule("/x/{**}", "PUT", open()),
                rule("/x", "GET", open()),
                rule("/x/secret", "GET", scope("secret")),
                rule("/x/{**}", "GET", open()));
        assertThat(new Proof(d1, wrong, List.of()).failure()).isPresent();
        Access d2 = access("GET /", scope("root"), "GET /**", open());
        List<Rule> root = List.of(
                new Rule(RulePath.ROOT, List.of("GET", "HEAD"), scope("root"), ORDERS, Map.of(), 1),
                new Rule(RulePath.ALL, List.of("GET", "HEAD"), open(), ORDERS, Map.of(), 1));
        assertThat(new Proof(d2, root, List.of()).failure()).contains("GET / would be public instead of scope root");
        assertThat(new Proof(d2, List.of(root.get(1), root.get(0)), List.of()).failure())
                .contains("GET / is shadowed by /* before it");
    }

    @Test
    void whatTheControllerWouldGetWrongIsRefusedWithTheRequest() {
        ApiModel api = new Sketch().scope("/", scope("root")).scope("/**", open()).api();
        List<Rule> wrong = List.of(new Rule(RulePath.ALL, Methods.ALL, open(), ORDERS, Map.of(), 1));
        assertThat(new Proof(api.entry().access(), wrong, List.of()).problem(api))
                .contains(new Problem(
                        "kyma.unsafe",
                        "orders.shop",
                        "an APIRule would be understood otherwise than the access policy: GET / would be public instead of"
                                + " scope root",
                        "ask for the same at these paths, or use Istio's own dialect",
                        Sketch.LINE));
    }

    @Test
    void templatesThatOverlapInTooManyWaysAreRefusedOnce() {
        List<Object> asked = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            String[] segments = new String[14];
            Arrays.setAll(segments, at -> "{s" + at + "}");
            segments[i] = "x";
            asked.add("/" + String.join("/", segments));
            asked.add(scope("scope-" + i));
        }
        ApiModel api = new Sketch().withoutSplit().api();
        Entry entry = new Entry(
                api.entry().hosts(),
                access(asked.toArray()),
                api.entry().routes(),
                List.of(),
                api.entry().headers(),
                false);
        MeshModel model = new MeshModel(List.of(
                new ApiModel(api.name(), api.namespace(), entry, api.service(), api.guards(), api.origin())));
        assertThat(KymaDialect.kyma()
                        .domain("example.com")
                        .onlyApiRules()
                        .write(model)
                        .problems())
                .containsExactly(new Problem(
                        "kyma.overlap",
                        "orders.shop",
                        "an APIRule cannot say its access: path patterns overlap in more than 4096 ways",
                        "use fewer paths with braces",
                        Sketch.LINE));
    }

    @Test
    void theProofFindsWhatIsNotDenied() {
        Access access = access("/admin/**", Requirement.DENIED, "/**", open());
        RulePlan plan = RulePlan.of(access);
        assertThat(plan.denials()).isNotEmpty();
        assertThat(new Proof(access, rules(plan), plan.denials()).failure()).isEmpty();
        assertThat(new Proof(access, rules(plan), List.of()).failure())
                .contains("GET /admin would be public instead of denied");
    }

    @Test
    void aTemplateIsNotShadowedByNorShadowsItsNeighbours() {
        Access access = access(
                "/a/{x}",
                scope("one"),
                "/a/**",
                scope("all"),
                "/{x}/b",
                scope("b"),
                "/a/b",
                scope("ab"),
                "/**",
                open());
        RulePlan plan = RulePlan.of(access);
        assertThat(new Proof(access, rules(plan), plan.denials()).failure()).isEmpty();
        assertThat(RulePath.parse("/a/{*}")
                        .orElseThrow()
                        .shadows(RulePath.parse("/a/{**}").orElseThrow()))
                .isTrue();
        assertThat(plan.rules()).extracting(rule -> rule.path().text()).contains("/a/{*}/{**}");
    }

    @Test
    void everyFeatureIsSaidOnceAndNothingIsEnforcedThatIstioRefuses() {
        KymaDialect kyma = KymaDialect.kyma();
        assertThat(kyma.capabilities()).extracting(Capability::feature).containsExactly(Feature.values());
        for (Capability istio : kyma.istio().capabilities()) {
            Capability own = kyma.capabilities().stream()
                    .filter(one -> one.feature() == istio.feature())
                    .findFirst()
                    .orElseThrow();
            assertThat(own.support() == Support.REFUSED)
                    .as("%s", istio.feature())
                    .isEqualTo(istio.support() == Support.REFUSED);
        }
        assertThat(kyma.onlyApiRules().capabilities())
                .filteredOn(one -> one.feature() == Feature.SPLIT)
                .extracting(Capability::support)
                .containsExactly(Support.REFUSED);
    }

    private static Requirement asked(RulePlan plan, String method, String path) {
        Controller controller = new Controller(rules(plan));
        Optional<Rule> routed = controller.routed(path, method);
        return routed.isEmpty() ? Requirement.DENIED : controller.asked(path, method, ORDERS);
    }

    private static List<Rule> rules(RulePlan plan) {
        return plan.rules().stream()
                .map(one -> new Rule(one.path(), one.methods(), one.requirement(), ORDERS, Map.of(), 1))
                .toList();
    }

    private static Rule rule(String path, String method, Requirement requirement) {
        return new Rule(RulePath.parse(path).orElseThrow(), List.of(method), requirement, ORDERS, Map.of(), 1);
    }

    private static Requirement open() {
        return Requirement.PUBLIC;
    }

    private static Requirement scope(String name) {
        return new Requirement.Token(List.of(new Grant(List.of(name), List.of())));
    }

    private static Access access(Object... endpointsAndRequirements) {
        List<AccessRule> rules = new ArrayList<>();
        for (int i = 0; i < endpointsAndRequirements.length; i += 2) {
            rules.add(new AccessRule(
                    Endpoint.parse((String) endpointsAndRequirements[i]),
                    (Requirement) endpointsAndRequirements[i + 1],
                    null));
        }
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Issuer issuer = new Issuer("https://id.example", URI.create("https://id.example/keys"), List.of("any"), null);
        return new Access(List.of(issuer), List.of(), rules);
    }
}
