package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.Town.FIRST;
import static dev.lintel.core.evaluate.Town.call;
import static dev.lintel.core.evaluate.Town.enter;
import static dev.lintel.core.evaluate.Town.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each question is asked before the next: who fails several is told the first. */
class OrderOfChecksTest {
    private static final Caller UNPROVEN = new Caller.Rejected("two names");
    private static final Verdict DENIED = new Verdict.Denied(418, List.of(), "");
    private static final Token BAD = new Token.Rejected("forged");
    private static final Token GOOD = Token.Verified.of(Town.ISSUER, "alice", "orders");

    private final Evaluator evaluator = new Town()
            .api("orders.shop")
            .host("orders.shop.localhost")
            .authorizer(false)
            .login()
            .rule("/**", Requirement.TOKEN)
            .only("/**", "frontend.shop")
            .guard(new CountingRule("never", 0))
            .isolate("shop", List.of("frontend.web"), List.of())
            .evaluator();

    private String enters(String path, Caller caller, Verdict verdict, Token token) {
        return told(evaluator.decide(
                enter("", "GET", "orders.shop", path)
                        .caller(caller)
                        .verdict(verdict)
                        .token(token),
                FIRST));
    }

    @Test
    void forWhatEnters() {
        Caller web = Caller.Workload.of("jobs.web");
        assertThat(enters("/..", UNPROVEN, DENIED, BAD)).isEqualTo("400 BAD_REQUEST");
        assertThat(enters("/oauth2/start", UNPROVEN, DENIED, BAD)).isEqualTo("403 UNPROVEN");
        assertThat(enters("/x;p", UNPROVEN, DENIED, BAD)).isEqualTo("403 UNPROVEN");
        assertThat(enters("/oauth2;p/start", web, DENIED, BAD)).isEqualTo("400 BAD_REQUEST");
        assertThat(enters("/oauth2/start", web, DENIED, BAD)).isEqualTo("answer by the login, START");
        assertThat(enters("/x", web, DENIED, BAD)).isEqualTo("418 UNAUTHORIZED");
        assertThat(enters("/x", web, Verdict.ALLOWED, BAD)).isEqualTo("401 INVALID_TOKEN");
        assertThat(enters("/x", web, Verdict.ALLOWED, Token.NONE)).isEqualTo("401 NO_TOKEN");
        assertThat(enters("/x", web, Verdict.ALLOWED, GOOD)).isEqualTo("403 CALLER");
        assertThat(enters("/x", Caller.Workload.of("frontend.shop"), Verdict.ALLOWED, GOOD))
                .isEqualTo("429 GUARDED");
    }

    @Test
    void forCallsFromInside() {
        RequestValue call = call("", "GET", "orders.shop", "/x").verdict(DENIED).token(BAD);
        assertThat(told(evaluator.decide(call("", "GET", "orders.shop", "/..").caller(UNPROVEN), FIRST)))
                .isEqualTo("400 BAD_REQUEST");
        assertThat(told(evaluator.decide(call.caller(UNPROVEN), FIRST))).isEqualTo("403 UNPROVEN");
        assertThat(told(evaluator.decide(call.caller(Caller.Workload.of("jobs.web")), FIRST)))
                .isEqualTo("403 ISOLATED");
        assertThat(told(evaluator.decide(call.caller(Caller.Workload.of("frontend.web")), FIRST)))
                .isEqualTo("403 CALLER");
        assertThat(told(evaluator.decide(call.caller(Caller.Workload.of("frontend.shop")), FIRST)))
                .as("entry policies and guards do not govern it")
                .isEqualTo("ok");
    }

    @Test
    void anAuthorizerThatWasNotAskedOrSaidNothingHasAllowedNothing() {
        Caller listed = Caller.Workload.of("frontend.shop");
        assertThat(enters("/x", listed, Verdict.UNASKED, GOOD)).isEqualTo("403 AUTHORIZER_FAILED");
        assertThat(enters("/x", listed, new Verdict.Failed("too late"), GOOD)).isEqualTo("403 AUTHORIZER_FAILED");
        Evaluator open = new Town().api("orders.shop").authorizer(true).evaluator();
        RequestValue request = enter("", "GET", "orders.shop", "/x");
        assertThat(told(open.decide(request.verdict(new Verdict.Failed("too late")), FIRST)))
                .isEqualTo("ok");
        assertThat(told(open.decide(request, FIRST))).as("not asked").isEqualTo("403 AUTHORIZER_FAILED");
    }

    @Test
    void aSessionCountsWhereNoTokenIsPresentedAndNowhereElse() {
        Evaluator login = new Town()
                .api("orders.shop")
                .login()
                .rule("/**", Requirement.TOKEN)
                .evaluator();
        RequestValue request = enter("", "GET", "orders.shop", "/x");
        assertThat(told(login.decide(request.session(GOOD), FIRST))).isEqualTo("ok");
        assertThat(told(login.decide(request.session(BAD), FIRST))).isEqualTo("401 NO_TOKEN");
        assertThat(told(login.decide(request.session(GOOD).token(BAD), FIRST))).isEqualTo("401 INVALID_TOKEN");
        assertThat(told(login.decide(request.header("sec-fetch-mode", "navigate"), FIRST)))
                .isEqualTo("log in first");
        Evaluator without =
                new Town().api("orders.shop").rule("/**", Requirement.TOKEN).evaluator();
        assertThat(told(without.decide(request.session(GOOD), FIRST))).isEqualTo("401 NO_TOKEN");
    }

    @Test
    void anAuthorizerIsAskedOnlyAboutWhatCouldStillBeLetThrough() {
        RequestValue request = enter("", "GET", "orders.shop", "/x");
        assertThat(evaluator.admitted(request)).isNotNull();
        assertThat(evaluator.admitted(request.caller(UNPROVEN))).isNull();
        assertThat(evaluator.admitted(enter("", "GET", "orders.shop", "/x;p"))).isNull();
        assertThat(evaluator.admitted(enter("", "GET", "orders.shop", "/.."))).isNull();
        assertThat(evaluator.admitted(enter("", "GET", "orders.shop", "/oauth2/callback")))
                .isNull();
        assertThat(evaluator.admitted(call("", "GET", "orders.shop", "/x"))).isNull();
    }
}
