package dev.lintel.mesh.istio;

import static dev.lintel.core.match.Match.match;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is refused at the edges, with the whole of what is said about it. */
class RarelyRefusedTest {
    private static final IstioDialect ISTIO = IstioDialect.istio().domain("example.com");
    private static final KymaDialect KYMA =
            KymaDialect.kyma().domain("example.com").onlyApiRules();
    private static final String OR_PLAIN =
            "; or say kyma() without onlyApiRules(), which says it by Istio's own objects";
    private static final Duration SHORT = Duration.ofNanos(1_500_000);

    private static Sketch plain() {
        return new Sketch().withoutVersions();
    }

    private static void refused(Dialect dialect, MeshModel model, String code, String message, String hint) {
        assertThat(dialect.write(model).problems())
                .contains(new Problem(code, "orders.shop", message, hint, Sketch.LINE));
    }

    @Test
    void retriesAreNotKeptWithoutSidecars() {
        refused(
                ISTIO.ambient(),
                plain().retry(new RetryRule(2, null, false, Sketch.LINE)).model(),
                "istio.ambient-calls",
                "what is said about every call is not kept in a mesh without sidecars: waypoints take a VirtualService in"
                        + " some cases only",
                "leave out retries, time-outs and faults, or use sidecars");
    }

    @Test
    void localFailuresThatAreCountedByThemselvesNeedANumber() {
        BreakerRule.Outliers outliers = new BreakerRule.Outliers(
                5,
                0,
                true,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ZERO,
                50);
        refused(
                ISTIO,
                plain().breaker(new BreakerRule(outliers, BreakerRule.Limits.NONE, Sketch.LINE))
                        .model(),
                "istio.breaker-local",
                "a mesh cannot pass over local failures that are counted by themselves",
                "say after how many local failures in a row a workload is left out");
    }

    @Test
    void timesAreWholeMilliseconds() {
        refused(
                ISTIO,
                plain().retry(new RetryRule(2, SHORT, false, Sketch.LINE)).model(),
                "istio.duration",
                "a mesh counts in milliseconds, but the time-out of a try is PT0.0015S",
                "say it in whole milliseconds");
    }

    @Test
    void anEmptyValueCannotBeAskedFor() {
        Match empty = match("/a").header("x-a", "");
        refused(
                ISTIO,
                plain().answer(empty, new Answer.Direct(404, "", "")).model(),
                "istio.empty-value",
                "a mesh cannot ask for an empty value, as '" + empty + "' does",
                "ask for a value");
    }

    @Test
    void anExpressionHasALongestLength() {
        String path = "/" + "a".repeat(1018) + "/{id}";
        assertThat(ISTIO.write(plain().answer(path, new Answer.Direct(404, "", ""))
                                .model())
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("istio.long-path");
                    assertThat(problem.message())
                            .startsWith(
                                    "a mesh takes expressions of at most 1024 characters, but '" + path + "' becomes ");
                    assertThat(problem.hint()).isEqualTo("use a shorter path");
                    assertThat(problem.origin()).isEqualTo(Sketch.LINE);
                });
    }

    @Test
    void aPolicyHasAMostOfRules() {
        Sketch many = plain();
        for (int i = 0; i < 600; i++) {
            many.scope("/a" + i, new Requirement.Token(List.of(new Grant(List.of("scope-" + i), List.of()))));
        }
        refused(
                ISTIO,
                many.model(),
                "istio.many-rules",
                "a mesh takes at most 512 rules in a policy, but this needs 602",
                "ask for fewer different things");
    }

    @Test
    void templatesMustNotOverlapInTooManyWays() {
        Sketch many = plain();
        for (int i = 0; i < 14; i++) {
            String[] segments = new String[14];
            Arrays.setAll(segments, at -> "{s" + at + "}");
            segments[i] = "x";
            many.scope(
                    "/" + String.join("/", segments),
                    new Requirement.Token(List.of(new Grant(List.of("scope-" + i), List.of()))));
        }
        refused(
                ISTIO,
                many.model(),
                "istio.overlap",
                "path patterns overlap in more than 4096 ways",
                "use fewer paths with braces");
    }

    @Test
    void retriesAreLimitedInOneWay() {
        RetryRule retry = new RetryRule(
                2,
                null,
                false,
                RetryRule.DEFAULT_ON,
                Set.of(),
                RetryRule.Backoff.DEFAULT,
                new RetryRule.Budget(50, 3),
                Sketch.LINE);
        refused(
                ISTIO,
                plain().breaker(new BreakerRule(null, new BreakerRule.Limits(null, null, null, 7), Sketch.LINE))
                        .retry(retry)
                        .model(),
                "istio.retry-limits",
                "a mesh limits retries by a budget or by maxRetries, not by both",
                "say one of them");
    }

    @Test
    void aServiceElsewhereHasAnAddressAndNoCallers() {
        MeshModel called = new Inside(plain()).only("/**", "frontend.shop").model();
        refused(
                ISTIO,
                far(called, null),
                "istio.elsewhere-address",
                "a mesh needs to know where the service elsewhere is",
                "say through(\"https://…\")");
        refused(
                ISTIO,
                far(called, URI.create("https://api.psp.example:443")),
                "istio.elsewhere-callers",
                "a mesh tells callers apart at the workload, and a service elsewhere has none of the mesh in front of it",
                "put a workload of your own in front of it, and list its callers");
    }

    private static MeshModel far(MeshModel model, @Nullable URI address) {
        ApiModel api = model.apis().get(0);
        Service here = api.service();
        Elsewhere elsewhere =
                new Elsewhere(Elsewhere.Kind.EXTERNAL, address, "api.psp.example", null, null, null, Sketch.LINE);
        Traffic traffic = new Traffic(List.of(), List.of(), null, null, null, null, elsewhere);
        Service there = new Service(
                here.name(), here.port(), here.labels(), List.of(), null, null, null, traffic, here.callers());
        return new MeshModel(
                List.of(new ApiModel(api.name(), api.namespace(), api.entry(), there, List.of(), Sketch.LINE)));
    }

    @Test
    void anApiRuleKnowsNoVersionsAndAnswersNothing() {
        Match asked = match("/a").header("x-a", "1");
        refused(
                KYMA,
                plain().answer(asked, new Answer.Direct(404, "", "")).model(),
                "kyma.answer",
                "an APIRule answers nothing in place of the service, as '" + asked + "' says",
                "let the service answer" + OR_PLAIN);
        MeshModel versions = new Sketch()
                .withoutSplit()
                .choice(Condition.header("x-canary", "1"), "v2")
                .mirror("v2", 5)
                .route(asked, "v1")
                .model();
        refused(
                KYMA,
                versions,
                "kyma.choice",
                "an APIRule knows no versions to choose from",
                "leave the choices out" + OR_PLAIN);
        refused(KYMA, versions, "kyma.mirror", "an APIRule copies no calls", "leave the copies out" + OR_PLAIN);
        refused(
                KYMA,
                versions,
                "kyma.route",
                "an APIRule knows no versions, but '" + asked + "' goes to 'v1'",
                "leave the route out" + OR_PLAIN);
    }

    @Test
    void anApiRuleSaysNothingAboutCallersAndBoundaries() {
        refused(
                KYMA,
                new Inside(plain()).only("/**", "frontend.shop").model(),
                "kyma.callers",
                "an APIRule does not say who may call",
                "ask for tokens" + OR_PLAIN);
        refused(
                KYMA,
                new Inside(plain()).isolated("shop", List.of("monitoring")).model(),
                "kyma.isolation",
                "an APIRule stands beside no boundaries of namespaces, as 'isolation of shop' is",
                "leave the boundary out" + OR_PLAIN);
        MeshModel guarded = Guarded.model();
        refused(KYMA, guarded, "kyma.login", "an APIRule logs nobody in", "ask for tokens");
        refused(
                KYMA,
                guarded,
                "kyma.paths",
                "an APIRule takes a host as a whole, but the API has only [/orders/**, /carts]",
                "give the API a host of its own");
    }
}
