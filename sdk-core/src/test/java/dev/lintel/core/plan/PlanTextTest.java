package dev.lintel.core.plan;

import static dev.lintel.core.plan.Fixture.access;
import static dev.lintel.core.plan.Fixture.api;
import static dev.lintel.core.plan.Fixture.rule;
import static dev.lintel.core.plan.Fixture.scope;
import static dev.lintel.core.plan.Fixture.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import dev.lintel.testkit.Golden;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlanTextTest {
    private static final Access SCOPED = access(
            List.of("https://id.example"),
            List.of("orders"),
            rule(10, "/orders/**", scope("orders.read")),
            rule(11, "/admin/**", scope("orders.admin")));
    private static final Access OPENED = access(
            List.of("https://id.example"),
            List.of("orders"),
            rule(10, "/orders/**", scope("orders.read")),
            rule(12, "/admin/**", Requirement.PUBLIC));

    private static final MeshModel BEFORE =
            world(api("orders", SCOPED), api("catalog", Access.OPEN), api("billing", Access.OPEN));
    private static final MeshModel NOW =
            world(api("orders", OPENED), api("catalog", Access.OPEN), api("payments", SCOPED));

    private static Plan plan(MeshModel before, MeshModel now) {
        return new Plan(
                "embedded",
                "7",
                now,
                Changes.between(before, now),
                Effects.between(before, now),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static Plan rich() {
        Plan plan = plan(BEFORE, NOW);
        Problem problem = new Problem(
                "host.twice",
                "orders.shop",
                "claims the host 'a.shop.example', which billing.shop claims at Apis.java:3",
                "give one of them another host by atHost(…)",
                Origin.at("Apis.java", 1));
        Problem warning = new Problem(
                "oauth2.any-audience",
                "catalog.shop auth.oauth2/v1",
                "accepts tokens for everybody",
                "",
                Origin.at("Apis.java", 5));
        return new Plan(
                "Istio on \u001b[31mtest",
                "7",
                NOW,
                plan.changes(),
                plan.effects(),
                List.of(problem, problem),
                List.of(warning),
                List.of(
                        new Deviation("istio.no-token", "a missing token is answered 403, not 401"),
                        new Deviation("istio.escapes", "escapes keep their case", List.of("orders.shop")),
                        new Deviation(
                                "istio.stars", "'*' is answered 400", List.of("a.x", "b.x", "c.x", "d.x", "e.x"))),
                null);
    }

    /** What is said of each API in turn is told once; what differs in more than their names is not the same. */
    private static Plan repeated() {
        List<Problem> warnings = new ArrayList<>();
        List<Guarantee> guarantees = new ArrayList<>();
        for (String api : List.of("orders", "stock", "cards", "bills", "parcels")) {
            String id = api + ".shop";
            warnings.add(new Problem(
                    "istio.strict-mtls",
                    id,
                    "the workloads {app=" + api + "} of " + id + " take mutual TLS only",
                    "give sidecars to its callers",
                    Origin.at("Apis.java", 1)));
            guarantees.add(new Guarantee(
                    id,
                    "access is asked at the workload",
                    Strength.PROXY,
                    "AuthorizationPolicy shop/" + api,
                    Origin.unknown()));
        }
        warnings.add(new Problem(
                "istio.strict-mtls",
                "odd.shop",
                "the workloads {app=other} take mutual TLS only",
                "",
                Origin.unknown()));
        return new Plan("Istio", "7", NOW, List.of(), List.of(), List.of(), warnings, List.of(), guarantees, null);
    }

    @TestFactory
    Stream<DynamicTest> plansPrintLikeGoodDiffs() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        cases.put("nothing to do", () -> plan(BEFORE, BEFORE).render());
        cases.put("nothing at all", () -> plan(MeshModel.EMPTY, MeshModel.EMPTY).render());
        cases.put("create update delete keep", () -> plan(BEFORE, NOW).render());
        cases.put(
                "widening that is allowed",
                () -> plan(BEFORE, NOW)
                        .allowWidening("the admin page moved to another API")
                        .render());
        cases.put("problems warnings deviations", () -> rich().render());
        cases.put("the same of several apis", () -> repeated().render());
        cases.put("in short", () -> rich().summary(false));
        cases.put("in colours", () -> rich().render(true).replace("\u001b", "ESC"));
        return Golden.in("plan-text", ".txt").tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> modelsAreTexts() {
        SplitRule split = new SplitRule(
                List.of(new Share("v1", 90), new Share("v2", 10)),
                new SplitRule.Sticky(SplitRule.By.HEADER, "x-user"),
                Origin.unknown());
        Entry entry = new Entry(
                List.of("orders.shop.example.com", "orders.shop.localhost"),
                new Access(
                        List.of(
                                Fixture.issuer("https://id.example"),
                                new Issuer(
                                        "https://other.example",
                                        URI.create("https://other.example/jwks"),
                                        List.of("ES256", "RS256"),
                                        Origin.unknown())),
                        List.of(),
                        SCOPED.rules()),
                List.of(
                        new Route(
                                Match.match("GET /beta/**")
                                        .header("X-Beta", "1")
                                        .query("q", "a b"),
                                "v2",
                                Origin.unknown()),
                        new Route(Match.any(), null, Origin.unknown())),
                List.of(new Rewrite(PathPattern.parse("/shop/**"), "/api", Origin.unknown())),
                new HeaderChanges(Map.of("x-way", "there"), Map.of("x-way", "back")),
                true);
        Service service = new Service(
                "orders",
                8080,
                Map.of("app", "orders"),
                List.of(Version.labelled("v1"), new Version("v2", Map.of(), "orders-v2")),
                split,
                new RetryRule(1, null, true, Origin.unknown()),
                new TimeoutRule(Duration.ofSeconds(2), Origin.unknown()));
        ApiModel full = new ApiModel(
                "orders",
                "shop",
                entry,
                service,
                List.of(new Fixture.Closed("at most 600 a minute")),
                Origin.unknown());

        return Golden.in("model-text", ".txt")
                .tests(Map.of(
                        "everything", () -> ModelText.of(full),
                        "a whole world", () -> ModelText.of(BEFORE)));
    }

    @Test
    void equalModelsAreKept() {
        assertThat(Changes.between(BEFORE, BEFORE))
                .containsExactly(
                        new Change.Keep("Api billing.shop"),
                        new Change.Keep("Api catalog.shop"),
                        new Change.Keep("Api orders.shop"));
        assertThat(plan(BEFORE, BEFORE).isEmpty()).isTrue();
        assertThat(Changes.unifiedDiff("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(Changes.unifiedDiff("", "a\n")).isEqualTo("@@ -0,0 +1,1 @@\n+a\n");
    }

    @Test
    void aPlanIsRefusedForAllReasonsAtOnce() {
        assertThatThrownBy(() -> Plans.require(rich(), rich().world(), "8"))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        the plan for Istio on ?[31mtest has 4 problems
                          (1) host.twice orders.shop: claims the host 'a.shop.example', which billing.shop claims at Apis.java:3
                              give one of them another host by atHost(…)
                              at Apis.java:1
                          (2) host.twice orders.shop: claims the host 'a.shop.example', which billing.shop claims at Apis.java:3
                              give one of them another host by atHost(…)
                              at Apis.java:1
                          (3) plan.stale plan for Istio on ?[31mtest: was made for state '7', but the world is at '8' now
                              plan again, and read what has changed
                          (4) plan.widens plan for Istio on ?[31mtest: widens access: orders.shop: newly public: /admin/** (was: scope orders.admin)
                              if that is meant, say allowWidening("reason") on the plan
                              at Apis.java:12""");
    }

    @Test
    void thatAccessIsWidenedIsSaidOnce() {
        assertThat(rich().render()).containsOnlyOnce("allowWidening").containsOnlyOnce("widens access");
        assertThat(plan(BEFORE, NOW).allowWidening("meant").render())
                .doesNotContain("allowWidening")
                .containsOnlyOnce("widens access");
    }

    @Test
    void aPlanThatMayWidenIsNotRefused() {
        Plans.require(plan(BEFORE, NOW).allowWidening("meant"), "embedded", "7");
        assertThatThrownBy(() -> Plans.require(plan(BEFORE, NOW), "embedded", "7"))
                .hasMessageStartingWith("the plan for embedded has 1 problem\n");
        assertThatThrownBy(() -> Plans.require(plan(BEFORE, NOW).allowWidening("meant"), "embedded", "8"))
                .hasMessage("""
                        the plan for embedded has 1 problem
                          (1) plan.stale plan for embedded: was made for state '7', but the world is at '8' now
                              plan again, and read what has changed""");
        assertThatThrownBy(() -> Plans.require(plan(BEFORE, BEFORE), "another", "7"))
                .hasMessage("""
                        the plan for embedded has 1 problem
                          (1) plan.foreign plan for embedded: was made for 'embedded', but this is 'another'
                              let the backend that made it apply it""");
        assertThatThrownBy(() -> plan(BEFORE, NOW).allowWidening(" ")).hasMessage("widening access needs a reason");
    }
}
