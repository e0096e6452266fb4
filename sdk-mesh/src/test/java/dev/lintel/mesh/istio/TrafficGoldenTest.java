package dev.lintel.mesh.istio;

import static dev.lintel.core.match.Match.match;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BalanceRule.By;
import dev.lintel.core.model.BalanceRule.HashOn;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.SplitRule;
import dev.lintel.testkit.Golden;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What rules about calls become in a mesh, or why they are refused. */
class TrafficGoldenTest {
    static final String FOLDER = "istio-traffic";

    private static final Limits LIMITS = new Limits(100, 50, 200, null);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TestFactory
    Stream<DynamicTest> rules_about_calls_become_objects() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        written().forEach((name, sketch) -> cases.put(name, () -> IstioGoldenTest.write(sketch.model(), List.of())));
        refused()
                .forEach((name, sketch) ->
                        cases.put(name + " is refused", () -> IstioGoldenTest.write(sketch.model(), List.of())));
        MeshModel two = new MeshModel(List.of(
                new Sketch()
                        .ownService("parcels")
                        .breaker(Sketch.breaker(50, LIMITS))
                        .api(),
                new Sketch().named("parcels").api()));
        cases.put(
                "a breaker for a service that is exposed by itself is refused",
                () -> IstioGoldenTest.write(two, List.of()));
        cases.put(
                "a login and a choice by a workload are refused",
                () -> IstioGoldenTest.write(Guarded.model(), List.of()));
        return Golden.in(FOLDER, ".istio.yaml").tests(cases);
    }

    private static Map<String, Sketch> written() {
        Map<String, Sketch> cases = new TreeMap<>();
        cases.put(
                "a header and a cookie choose before the split",
                new Sketch()
                        .choice(Condition.header("x-canary", "1"), "v2")
                        .choice(Condition.cookie("ring", "early"), "v2")
                        .sticky(SplitRule.By.COOKIE, "lintel")
                        .route(match("/reports/**").header("x-canary", "1"), "v1"));
        cases.put(
                "a route with a header and a choice with the same",
                new Sketch()
                        .withoutSplit()
                        .choice(Condition.header("x-canary", "1"), "v2")
                        .answer(match("/old").header("x-canary", "2"), new Answer.Direct(404, "", "")));
        cases.put(
                "copies of some calls",
                new Sketch().withoutSplit().mirror("v2", 5).mirror("v1", 100));
        cases.put(
                "faults made on purpose",
                new Sketch()
                        .withoutSplit()
                        .fault(new FaultRule.Delay(Duration.ofMillis(200), 10), new FaultRule.Abort(503, 5)));
        cases.put(
                "a breaker with limits and a version with a service of its own",
                new Sketch().ownService("orders-v2").breaker(Sketch.breaker(null, LIMITS)));
        cases.put(
                "a breaker that counts local failures by themselves",
                new Sketch()
                        .withoutSplit()
                        .breaker(new BreakerRule(
                                new BreakerRule.Outliers(
                                        0,
                                        3,
                                        true,
                                        4,
                                        SECOND,
                                        Duration.ofMinutes(10),
                                        Duration.ofMinutes(10),
                                        Duration.ZERO,
                                        100),
                                Limits.NONE,
                                Sketch.LINE)));
        cases.put(
                "the nearest workloads with the fewest calls",
                new Sketch()
                        .withoutSplit()
                        .breaker(Sketch.breaker(30, Limits.NONE))
                        .balance(Algorithm.LEAST_REQUEST, null, true));
        cases.put(
                "workloads by the hash of a header and tried again elsewhere",
                new Sketch()
                        .withoutSplit()
                        .balance(Algorithm.CONSISTENT_HASH, new HashOn(By.HEADER, "x-user"), false)
                        .retry(new RetryRule(2, null, true, Sketch.LINE)));
        cases.put(
                "workloads by the hash of a cookie",
                new Sketch().withoutSplit().balance(Algorithm.CONSISTENT_HASH, new HashOn(By.COOKIE, "user"), false));
        cases.put(
                "workloads by the hash of an address",
                new Sketch().withoutSplit().balance(Algorithm.CONSISTENT_HASH, new HashOn(By.ADDRESS, ""), false));
        cases.put(
                "calls are tried again after some answers within a budget",
                new Sketch().withoutSplit().retry(retry(Duration.ofMillis(50), Duration.ofMillis(500), 3)));
        cases.put(
                "retries at once are limited",
                new Sketch()
                        .withoutSplit()
                        .breaker(new BreakerRule(null, new Limits(null, null, null, 7), Sketch.LINE))
                        .retry(new RetryRule(1, SECOND, false, Sketch.LINE)));
        cases.put(
                "redirects and answers",
                new Sketch()
                        .withoutSplit()
                        .answer("/old/**", new Answer.Redirect(301, null, null, null, "/new"))
                        .answer("/secure", new Answer.Redirect(308, "https", "www.example.com", 8443, null))
                        .answer("GET /ping", new Answer.Direct(200, "text/plain; q=100%", "pong"))
                        .answer("/gone", new Answer.Direct(410, "", "")));
        cases.put(
                "an answer at a public path",
                new Sketch()
                        .withoutSplit()
                        .scope("/**", Requirement.TOKEN)
                        .scope("GET /ping", Requirement.PUBLIC)
                        .answer("GET /ping", new Answer.Direct(200, "text/plain", "pong")));
        cases.put(
                "headers are added and removed",
                new Sketch()
                        .withoutSplit()
                        .headers(new MoreHeaders(
                                Map.of("via", "lintel 100%"),
                                Map.of("vary", "accept"),
                                List.of("x-debug"),
                                List.of("x-powered-by"))));
        return cases;
    }

    private static Map<String, Sketch> refused() {
        Map<String, Sketch> cases = new TreeMap<>();
        cases.put("a choice by a claim", new Sketch().choice(Condition.claim("plan", "gold"), "v2"));
        cases.put("a choice by a caller", new Sketch().choice(Condition.caller("alice"), "v2"));
        cases.put("a choice by all cookies", new Sketch().choice(Condition.header("Cookie", "a=1"), "v2"));
        cases.put(
                "a choice by a header that means something else to Istio",
                new Sketch().choice(Condition.header("@request.auth.claims.plan", "gold"), "v2"));
        cases.put("a choice by a long cookie", new Sketch().choice(Condition.cookie("ring", "x".repeat(1024)), "v2"));
        cases.put(
                "a route by all cookies where one is asked for",
                new Sketch()
                        .sticky(SplitRule.By.COOKIE, "lintel")
                        .answer(match("/a").header("x-a", "1"), new Answer.Direct(404, "", ""))
                        .answer(match("/b").header("cookie", "a=1"), new Answer.Direct(404, "", "")));
        cases.put("a split that is sticky by a claim", new Sketch().sticky(SplitRule.By.CLAIM, "sub"));
        cases.put(
                "a breaker with a longest ejection and jitter of its own",
                new Sketch().breaker(Sketch.breaker(50, Duration.ofMinutes(1), SECOND, Limits.NONE)));
        cases.put("a limit of nothing", new Sketch().breaker(Sketch.breaker(50, new Limits(0, null, null, null))));
        cases.put("nearness without a breaker", new Sketch().balance(Algorithm.ROUND_ROBIN, null, true));
        cases.put("a health check", new Sketch().health(new HealthRule("/healthz", SECOND, SECOND, 3, 2, Sketch.LINE)));
        cases.put(
                "an answer at a path that asks for a token",
                new Sketch()
                        .scope("/public/**", Requirement.PUBLIC)
                        .scope("/**", Requirement.TOKEN)
                        .answer("/public/old", new Answer.Redirect(301, null, null, null, "/public/new"))
                        .answer("/old/**", new Answer.Redirect(301, null, null, null, "/new")));
        cases.put(
                "a redirect to the same",
                new Sketch().answer("/same", new Answer.Redirect(302, null, null, null, null)));
        cases.put(
                "a redirect to https at the same path",
                new Sketch().answer("/same/**", new Answer.Redirect(302, "https", null, null, null)));
        cases.put(
                "taking the token away",
                new Sketch()
                        .scope("/**", Requirement.TOKEN)
                        .headers(new MoreHeaders(Map.of(), Map.of(), List.of("authorization"), List.of())));
        cases.put(
                "a longest pause and a budget of nothing and a status without a name",
                new Sketch().retry(retry(Duration.ofMillis(50), SECOND, 0)));
        return cases;
    }

    private static RetryRule retry(Duration base, Duration most, int least) {
        return new RetryRule(
                3,
                null,
                false,
                EnumSet.of(RetryOn.CONNECT_FAILURE, RetryOn.SERVER_ERROR, RetryOn.CONFLICT),
                least == 0 ? Set.of(599) : Set.of(429, 425),
                new RetryRule.Backoff(base, most),
                new RetryRule.Budget(50, least),
                Sketch.LINE);
    }
}
