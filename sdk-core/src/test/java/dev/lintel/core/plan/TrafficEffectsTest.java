package dev.lintel.core.plan;

import static dev.lintel.core.plan.Fixture.access;
import static dev.lintel.core.plan.Fixture.rule;
import static dev.lintel.core.plan.Fixture.scope;
import static dev.lintel.core.plan.Fixture.world;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.testkit.Golden;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of traffic in texts and effects: each case has its lines in {@code golden/traffic-effects}. */
class TrafficEffectsTest {
    private static final Traffic FULL = new Traffic(
            List.of(choice(Condition.header("x-canary", "1"), "v2"), choice(Condition.caller("alice"), "v3")),
            List.of(new MirrorRule("v3", 5, line(31))),
            new FaultRule(new FaultRule.Delay(ofMillis(200), 10), new FaultRule.Abort(503, 5), line(32)),
            breaker(5, 100),
            new BalanceRule(
                    BalanceRule.Algorithm.CONSISTENT_HASH,
                    new BalanceRule.HashOn(BalanceRule.By.HEADER, "x-user"),
                    true,
                    line(34)),
            new HealthRule("/healthz", ofSeconds(10), ofSeconds(1), 3, 1, line(35)),
            elsewhere("psp"));

    private static Traffic other() {
        return new Traffic(
                List.of(choice(Condition.caller("alice"), "v2"), choice(Condition.header("x-canary", "1"), "v2")),
                List.of(new MirrorRule("v3", 50, line(31)), new MirrorRule("v4", 1, line(31))),
                new FaultRule(null, new FaultRule.Abort(500, 1), line(32)),
                breaker(7, null),
                new BalanceRule(BalanceRule.Algorithm.LEAST_REQUEST, null, false, line(34)),
                new HealthRule("/ready", ofSeconds(5), ofSeconds(1), 3, 2, line(35)),
                elsewhere("bank"));
    }

    private static Origin line(int line) {
        return Origin.at("Apis.java", line);
    }

    private static Choice choice(Condition when, String version) {
        return new Choice(when, version, line(30));
    }

    private static BreakerRule breaker(int count, @Nullable Integer connections) {
        return new BreakerRule(
                new BreakerRule.Outliers(
                        count, 3, true, 2, ofSeconds(10), ofSeconds(30), ofMinutes(5), ofMillis(100), null),
                new BreakerRule.Limits(connections, 50, 200, 4),
                line(33));
    }

    private static Elsewhere elsewhere(String name) {
        SecretRef secret = new SecretRef("shop", name, "secret");
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL,
                URI.create("https://api." + name + ".example:443"),
                "api." + name + ".example",
                new Elsewhere.Tls(
                        "api." + name + ".example",
                        List.of("a.example", "b.example"),
                        new SecretRef("shop", name, "ca.crt"),
                        new SecretRef("shop", name, "tls.crt"),
                        new SecretRef("shop", name, "tls.key")),
                ofSeconds(2),
                name.equals("psp")
                        ? new Elsewhere.ClientToken("https://id.example", "shop", secret, List.of("pay", "refund"))
                        : new Elsewhere.SecretHeader("authorization", "Bearer ", secret),
                line(36));
    }

    private static ApiModel api(Traffic traffic, @Nullable RetryRule retry, MoreHeaders more, Route... routes) {
        return api(Access.OPEN, traffic, retry, more, routes);
    }

    private static ApiModel api(
            Access access, Traffic traffic, @Nullable RetryRule retry, MoreHeaders more, Route... routes) {
        List<Route> all = new ArrayList<>(Arrays.asList(routes));
        all.add(new Route(Match.any(), null, Origin.unknown()));
        HeaderChanges headers = new HeaderChanges(Map.of(), Map.of(), more);
        Entry entry = new Entry(List.of("orders.shop.localhost"), access, all, List.of(), headers, false);
        Service service = new Service("orders", 80, Map.of("app", "orders"), List.of(), null, retry, null, traffic);
        return new ApiModel("orders", "shop", entry, service, List.of(), line(1));
    }

    private static Route answer(String match, Answer answer) {
        return new Route(Match.match(match), null, answer, line(20));
    }

    private static Answer direct(String body) {
        return new Answer.Direct(200, "text/plain", body);
    }

    private static ApiModel full() {
        return api(
                FULL,
                new RetryRule(
                        2,
                        null,
                        false,
                        Set.of(RetryOn.RESET),
                        Set.of(429),
                        new RetryRule.Backoff(ofMillis(10), ofSeconds(1)),
                        new RetryRule.Budget(50, 1),
                        line(23)),
                new MoreHeaders(Map.of("x-via", "a"), Map.of("vary", "b"), List.of("x-debug"), List.of("server")),
                answer("/old/**", new Answer.Redirect(308, "https", "far.example", 8443, "/new")),
                answer("/ping", direct("po\"ng\n")),
                answer("/none", new Answer.Direct(204, "text/plain", "")));
    }

    private static ApiModel bare(Route... routes) {
        return api(Traffic.NONE, null, MoreHeaders.NONE, routes);
    }

    private static String told(ApiModel before, ApiModel now) {
        StringBuilder text = new StringBuilder();
        for (Effect effect : Effects.between(world(before), world(now))) {
            text.append(effect.widens() ? "! " : "  ").append(effect.text());
            text.append("  (").append(effect.origin()).append(")\n");
        }
        return text.toString();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleIsToldInWords() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        cases.put("text", () -> ModelText.of(full()));
        cases.put("everything is added", () -> told(bare(), full()));
        cases.put("everything is dropped", () -> told(full(), bare()));
        cases.put(
                "everything changes",
                () -> told(
                        full(),
                        api(
                                other(),
                                new RetryRule(2, null, false, line(23)),
                                new MoreHeaders(Map.of("x-via", "b"), Map.of(), List.of(), List.of("server", "x-a")),
                                answer("/old/**", new Answer.Redirect(302, null, null, null, "/new")),
                                answer("/ping", direct("pong")))));
        Route toService = new Route(Match.match("/ping"), null, line(21));
        Route toVersion = new Route(Match.match("/ping"), "v2", line(21));
        Route pong = answer("/ping", direct("pong"));
        cases.put("a route begins to be answered", () -> told(bare(toVersion), bare(pong)));
        cases.put("a route ceases to be answered", () -> told(bare(pong), bare(toService)));
        String long1 = "x".repeat(100) + "1";
        String long2 = "x".repeat(100) + "2";
        cases.put(
                "the end of a long answer changes",
                () -> told(bare(answer("/ping", direct(long1))), bare(answer("/ping", direct(long2)))));
        Access strict = access(List.of("https://id.example"), List.of(), rule(10, "/admin/**", scope("admin")));
        Access lax = access(List.of("https://id.example"), List.of(), rule(10, "/**", scope("admin")));
        Traffic abort = new Traffic(
                List.of(),
                List.of(),
                new FaultRule(null, new FaultRule.Abort(503, 100), line(32)),
                null,
                null,
                null,
                null);
        cases.put(
                "access opens where everything is answered",
                () -> told(
                        api(strict, abort, null, MoreHeaders.NONE, pong),
                        api(lax, abort, null, MoreHeaders.NONE, pong)));
        return Golden.in("traffic-effects", ".txt").tests(cases);
    }

    @Test
    void noRuleOfTrafficWidensAccess() {
        List<ApiModel> models = List.of(bare(), full(), bare(answer("/**", direct("open"))));
        for (ApiModel before : models) {
            for (ApiModel now : models) {
                assertThat(Effects.between(world(before), world(now))).noneMatch(Effect::widens);
            }
        }
    }
}
