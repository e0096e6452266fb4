package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static dev.lintel.core.evaluate.TestApi.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Guard;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class GuardsTest {
    @Test
    void aGuardRefusesWithAStatusOfItsOwnAndKnowsWhoCallsWhat() {
        Evaluator evaluator = orders().rule("/**", Requirement.PUBLIC)
                .guard(new CountingRule("none", 0))
                .evaluator();
        Decision.Refuse refused =
                TestApi.refuse(evaluator.decide(request("PUT", "/a//b").token(token()), FIRST));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.reason()).isEqualTo(Reason.GUARDED);
        assertThat(refused.detail()).isEqualTo("PUT /a/b of alice at orders.shop");
        assertThat(refused.challenge()).isNull();
        assertThat(refused.access()).isNotNull();
        assertThat(TestApi.refuse(evaluator.decide(request("GET", "/"), FIRST)).detail())
                .isEqualTo("GET / of null at orders.shop");
    }

    @Test
    void aGuardIsAskedOnlyAfterAccessWasGranted() {
        Evaluator evaluator =
                orders().scope("/**", "a").guard(new CountingRule("one", 1)).evaluator();
        for (int i = 0; i < 3; i++) {
            assertThat(TestApi.refuse(evaluator.decide(request("GET", "/"), FIRST))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(passes(evaluator)).isTrue();
        assertThat(passes(evaluator)).isFalse();
    }

    @Test
    void theFirstGuardThatRefusesDecides() {
        Evaluator evaluator = orders().scope("/**", "a")
                .guard(new CountingRule("two", 2))
                .guard(new CountingRule("one", 1))
                .evaluator();
        assertThat(passes(evaluator)).isTrue();
        assertThat(passes(evaluator)).isFalse();
    }

    @Test
    void aGuardKeepsItsStateAcrossModelsWhileItsRuleIsEqual() {
        TestApi api = orders().scope("/**", "a").guard(new CountingRule("two", 2));
        Evaluator first = api.evaluator();
        assertThat(passes(first)).isTrue();
        Evaluator second = first.next(orders().scope("/**", "a")
                .split("v1", 100)
                .guard(new CountingRule("two", 2))
                .world());
        assertThat(passes(second)).isTrue();
        assertThat(passes(second)).isFalse();
        assertThat(passes(first)).isFalse();
        Evaluator changed = second.next(
                orders().scope("/**", "a").guard(new CountingRule("two", 3)).world());
        assertThat(passes(changed)).isTrue();
    }

    @Test
    void aGuardStartsAnewWhenItsApiWasGone() {
        Evaluator first =
                orders().scope("/**", "a").guard(new CountingRule("one", 1)).evaluator();
        assertThat(passes(first)).isTrue();
        Evaluator again = first.next(MeshModel.EMPTY).next(first.model());
        assertThat(passes(again)).isTrue();
    }

    @Test
    void equalRulesHaveAGuardEachAndKeepIt() {
        TestApi api =
                orders().scope("/**", "a").guard(new CountingRule("two", 2)).guard(new CountingRule("two", 2));
        Evaluator evaluator = api.evaluator();
        assertThat(passes(evaluator)).isTrue();
        Evaluator next = evaluator.next(evaluator.model());
        assertThat(passes(next)).isTrue();
        assertThat(passes(next)).isFalse();
    }

    @Test
    void explainingUsesNothingUp() {
        Evaluator evaluator =
                orders().scope("/**", "a").guard(new CountingRule("one", 1)).evaluator();
        for (int i = 0; i < 3; i++) {
            assertThat(evaluator
                            .explain(request("GET", "/").token(token("a")), FIRST)
                            .decision())
                    .isInstanceOf(Decision.Forward.class);
        }
        assertThat(passes(evaluator)).isTrue();
        assertThat(passes(evaluator)).isFalse();
    }

    @Test
    void tracingCountsAsDecidingDoes() {
        Evaluator evaluator =
                orders().scope("/**", "a").guard(new CountingRule("one", 1)).evaluator();
        Request request = request("GET", "/?code=secret").token(token("a"));
        Explanation traced = evaluator.trace(request, FIRST);
        assertThat(traced.decision()).isInstanceOf(Decision.Forward.class);
        assertThat(traced.request()).isEqualTo("GET orders.shop.localhost/");
        assertThat(passes(evaluator)).isFalse();
        assertThat(evaluator.trace(request, FIRST).decision()).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void aGuardRefusesWithAnErrorStatus() {
        Assertions.assertThatThrownBy(() -> new Guard.Refusal(200, "fine"))
                .hasMessage("a guard refuses with a status of 400 to 599, but was 200");
    }

    @Test
    void aGuardCanSayWhenToTryAgain() {
        Assertions.assertThatThrownBy(() -> new Guard.Refusal(429, "busy", Duration.ofSeconds(-1)))
                .hasMessage("a guard cannot ask to try again in the past, but was PT-1S");
        Evaluator evaluator = orders().rule("/**", Requirement.PUBLIC)
                .guard(new AskedRule(new Guard.Refusal(429, "busy", Duration.ofSeconds(3))))
                .evaluator();
        assertThat(TestApi.refuse(evaluator.decide(request("GET", "/"), FIRST)).retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aGuardSeesWhoCallsAsFarAsThatIsVerified() {
        AskedRule rule = new AskedRule(null);
        Evaluator evaluator =
                orders().rule("/**", Requirement.PUBLIC).guard(rule).evaluator();
        Token.Verified token =
                new Token.Verified(TestApi.ISSUER, "alice", List.of("orders"), List.of(), Map.of("tenant", "acme"));
        assertThat(evaluator.decide(request("GET", "/").token(token), FIRST)).isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.decide(request("GET", "/"), FIRST)).isInstanceOf(Decision.Forward.class);
        assertThat(rule.calls())
                .containsExactly(
                        new Guard.Call(
                                "orders.shop", "GET", "/", TestApi.ISSUER, "alice", Map.of("tenant", "acme"), null),
                        new Guard.Call("orders.shop", "GET", "/", null, null, Map.of(), null));
    }

    private static boolean passes(Evaluator evaluator) {
        return evaluator.decide(request("GET", "/").token(token("a")), FIRST) instanceof Decision.Forward;
    }
}
