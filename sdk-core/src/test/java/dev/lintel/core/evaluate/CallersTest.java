package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.Town.FIRST;
import static dev.lintel.core.evaluate.Town.call;
import static dev.lintel.core.evaluate.Town.enter;
import static dev.lintel.core.evaluate.Town.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call a service, by the identity that a connection proves. */
class CallersTest {
    private final Town orders = new Town()
            .api("orders.shop")
            .only("/internal/**", "frontend.shop", "*.monitoring")
            .only("GET /internal/{id}/audit", "jobs.shop")
            .onlyOrEntering("/reports/**", "frontend.shop");

    @Test
    void onlyListedWorkloadsCallFromInside() {
        assertThat(orders.call("frontend.shop", "orders.shop", "/internal/x")).isEqualTo("ok");
        assertThat(orders.call("prometheus.monitoring", "orders.shop", "/internal"))
                .isEqualTo("ok");
        assertThat(orders.call("frontend.web", "orders.shop", "/internal/x")).isEqualTo("403 CALLER");
        assertThat(orders.call("jobs.shop", "orders.shop", "/internal/x")).isEqualTo("403 CALLER");
        assertThat(orders.call("", "orders.shop", "/internal/x")).isEqualTo("403 CALLER");
    }

    @Test
    void whatNoRuleMatchesIsOpenToEveryCaller() {
        assertThat(orders.call("", "orders.shop", "/other")).isEqualTo("ok");
        assertThat(orders.enter("", "orders.shop", "/other")).isEqualTo("ok");
    }

    @Test
    void whoEntersByTheHostIsRefusedUnlessListedOrSaid() {
        assertThat(orders.enter("", "orders.shop", "/internal/x")).isEqualTo("403 CALLER");
        assertThat(orders.enter("frontend.web", "orders.shop", "/internal/x")).isEqualTo("403 CALLER");
        assertThat(orders.enter("frontend.shop", "orders.shop", "/internal/x")).isEqualTo("ok");
        assertThat(orders.enter("", "orders.shop", "/reports/x")).isEqualTo("ok");
        assertThat(orders.enter("frontend.web", "orders.shop", "/reports/x")).isEqualTo("ok");
        assertThat(orders.call("frontend.web", "orders.shop", "/reports/x")).isEqualTo("403 CALLER");
    }

    @Test
    void theMostSpecificRuleGovernsAloneAndOtherMethodsFallToTheNext() {
        Evaluator evaluator = orders.evaluator();
        assertThat(told(evaluator.decide(call("jobs.shop", "GET", "orders.shop", "/internal/7/audit"), FIRST)))
                .isEqualTo("ok");
        assertThat(told(evaluator.decide(call("frontend.shop", "GET", "orders.shop", "/internal/7/audit"), FIRST)))
                .isEqualTo("403 CALLER");
        assertThat(told(evaluator.decide(call("frontend.shop", "HEAD", "orders.shop", "/internal/7/audit"), FIRST)))
                .isEqualTo("403 CALLER");
        assertThat(told(evaluator.decide(call("frontend.shop", "POST", "orders.shop", "/internal/7/audit"), FIRST)))
                .isEqualTo("ok");
        assertThat(told(evaluator.decide(call("jobs.shop", "POST", "orders.shop", "/internal/7/audit"), FIRST)))
                .isEqualTo("403 CALLER");
    }

    @Test
    void whatIsForEveryCallerIsTakenOutOfAWiderRule() {
        Town town = new Town().api("orders.shop").only("/**", "frontend.shop").everybody("GET /health");
        assertThat(town.call("", "orders.shop", "/health")).isEqualTo("ok");
        assertThat(town.enter("", "orders.shop", "/health")).isEqualTo("ok");
        assertThat(told(town.evaluator().decide(call("", "POST", "orders.shop", "/health"), FIRST)))
                .isEqualTo("403 CALLER");
    }

    /** Every spelling that some back end takes for {@code /internal}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal",
                "/internal/",
                "//internal//x",
                "/%69nternal/x",
                "/a/../internal",
                "/a/%2e%2e/internal",
                "/a%2f..%2finternal",
                "/a\\..\\internal",
                "/internal;v=1/x",
                "/internal;v=1",
                "/;v=1/internal",
                "/internal/x;v=1"
            })
    void noSpellingGetsRoundARule(String path) {
        for (RequestValue request : List.of(
                call("frontend.web", "GET", "orders.shop", path), enter("frontend.web", "GET", "orders.shop", path))) {
            assertThat(orders.evaluator().decide(request, FIRST)).as(path).isInstanceOf(Decision.Refuse.class);
            assertThat(new Town()
                            .api("orders.shop")
                            .parameters()
                            .only("/internal/**", "frontend.shop")
                            .evaluator()
                            .decide(request, FIRST))
                    .as("%s with parameters", path)
                    .isInstanceOf(Decision.Refuse.class);
        }
    }

    @Test
    void parametersGoOnWhereNobodyIsAskedOrTheRuleLetsThemThrough() {
        assertThat(new Town().api("orders.shop").call("", "orders.shop", "/x;v=1"))
                .isEqualTo("ok");
        assertThat(orders.call("frontend.shop", "orders.shop", "/internal;v=1")).isEqualTo("400 BAD_REQUEST");
        Town with = new Town().api("orders.shop").parameters().only("/internal/**", "frontend.shop");
        assertThat(with.call("frontend.shop", "orders.shop", "/internal;v=1")).isEqualTo("ok");
        assertThat(with.call("", "orders.shop", "/other;v=1")).isEqualTo("ok");
    }

    @Test
    void rulesSpeakOfThePathThatTheServiceGets() {
        Town town = new Town().api("orders.shop").rewrite("/api/**", "/").only("/internal/**", "frontend.shop");
        assertThat(town.enter("frontend.web", "orders.shop", "/api/internal/x")).isEqualTo("403 CALLER");
        assertThat(town.enter("frontend.shop", "orders.shop", "/api/internal/x"))
                .isEqualTo("ok");
        assertThat(town.enter("", "orders.shop", "/api/other")).isEqualTo("ok");
        assertThat(town.call("frontend.web", "orders.shop", "/api/internal/x")).isEqualTo("ok");
    }

    @Test
    void nothingButTheConnectionSaysWhoCalls() {
        RequestValue request = call("frontend.web", "GET", "orders.shop", "/internal/x")
                .header("x-forwarded-client-cert", "By=x;URI=spiffe://cluster.local/ns/shop/sa/frontend")
                .header("x-lintel-caller", "frontend.shop")
                .token(Token.Verified.of(Town.ISSUER, "frontend.shop", "orders"));
        assertThat(told(orders.evaluator().decide(request, FIRST))).isEqualTo("403 CALLER");
        assertThat(told(orders.evaluator().decide(request.caller(Caller.NONE), FIRST)))
                .isEqualTo("403 CALLER");
    }

    @Test
    void aCertificateThatProvesNothingIsRefusedAlsoWhereNobodyAsks() {
        Town open = new Town().api("orders.shop");
        for (RequestValue request :
                List.of(call("", "GET", "orders.shop", "/"), enter("", "GET", "orders.shop", "/"))) {
            Decision decision = open.evaluator().decide(request.caller(new Caller.Rejected("two URI names")), FIRST);
            assertThat(decision).hasToString("refuse with 403 UNPROVEN: two URI names");
        }
    }

    @Test
    void aWorkloadOfAnotherTrustDomainIsNoneOfOurs() {
        Caller foreign = new Caller.Workload("evil.example", "shop", "frontend");
        Evaluator evaluator = orders.evaluator();
        for (RequestValue request : List.of(
                call("", "GET", "orders.shop", "/internal/x"),
                call("", "GET", "orders.shop", "/other"),
                enter("", "GET", "orders.shop", "/other"))) {
            assertThat(evaluator.decide(request.caller(foreign), FIRST))
                    .hasToString("refuse with 403 UNPROVEN: the certificate is of another trust domain");
            assertThat(evaluator.admitted(request.caller(foreign))).isNull();
        }
        Evaluator theirs = evaluator.trusting("evil.example");
        RequestValue call = call("", "GET", "orders.shop", "/internal/x");
        assertThat(told(theirs.decide(call.caller(foreign), FIRST))).isEqualTo("ok");
        assertThat(told(theirs.decide(call.caller(Caller.Workload.of("frontend.shop")), FIRST)))
                .isEqualTo("403 UNPROVEN");
        assertThat(told(theirs.next(orders.model()).decide(call.caller(foreign), FIRST)))
                .isEqualTo("ok");
    }

    @Test
    void aChoiceByWorkloadLooksAtTheConnectionOnly() {
        Town town = new Town()
                .api("orders.shop")
                .rule("/**", Requirement.TOKEN)
                .choice(new Choice(Condition.workload("frontend.shop"), "v2", Origin.unknown()));
        Evaluator evaluator = town.evaluator();
        Token subject = Token.Verified.of(Town.ISSUER, "frontend.shop", "orders");
        assertThat(version(evaluator, call("frontend.shop", "GET", "orders.shop", "/")))
                .isEqualTo("v2");
        assertThat(version(
                        evaluator,
                        enter("frontend.shop", "GET", "orders.shop", "/").token(subject)))
                .isEqualTo("v2");
        assertThat(version(
                        evaluator,
                        enter("frontend.web", "GET", "orders.shop", "/").token(subject)))
                .isEqualTo("none");
        assertThat(version(evaluator, call("", "GET", "orders.shop", "/").token(subject)))
                .isEqualTo("none");
    }

    private static String version(Evaluator evaluator, RequestValue request) {
        return String.valueOf(TestApi.forward(evaluator.decide(request, FIRST)).version())
                .replace("null", "none");
    }

    @Test
    void aVersionWithAServiceOfItsOwnIsNoNameInside() {
        Town town = new Town()
                .api("orders.shop")
                .version(new Version("v2", Map.of(), "orders-v2"))
                .only("/**", "frontend.shop");
        assertThat(town.call("frontend.web", "orders-v2.shop", "/")).isEqualTo("404 UNKNOWN_HOST");
        assertThat(town.call("frontend.web", "orders.shop.svc.cluster.local:80", "/"))
                .isEqualTo("403 CALLER");
        assertThat(town.call("frontend.web", "ORDERS.shop.svc.", "/")).isEqualTo("403 CALLER");
    }

    @Test
    void aRefusalNamesTheRuleAndItsLine() {
        assertThat(orders.evaluator()
                        .explain(call("frontend.web", "GET", "orders.shop", "/internal/x"), FIRST)
                        .render())
                .isEqualTo("""
                GET orders.shop/internal/x
                  = refuse with 403 CALLER: frontend.web is not among those who may call this

                  path     /internal/x is in normal form
                  host     orders.shop is orders.shop, from inside: no entry policies  Town.java:10
                  caller   /internal/** is for only *.monitoring, frontend.shop: refused, frontend.web is not among those who may call this  Town.java:30
                """);
        assertThat(orders.evaluator()
                        .explain(enter("", "GET", "orders.shop", "/reports/x"), FIRST)
                        .render())
                .isEqualTo("""
                GET orders.shop.localhost/reports/x
                  = forward to orders.shop /reports/x

                  path     /reports/x is in normal form
                  host     orders.shop.localhost is orders.shop                            Town.java:10
                  access   no access policy, everybody may call and tokens are not judged  Town.java:10
                  caller   /reports/** is for only frontend.shop and who enters by the host: who enters by the host  Town.java:31
                  route    /** goes to the service                                         Town.java:10
                  split    none, any workload of the service will do
                """);
    }
}
