package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entry policies govern what enters by the exposed host, service policies govern every call. */
class WhatGovernsWhatTest {
    private final Evaluator evaluator = orders().rule("/**", Requirement.DENIED)
            .route("/beta/**", "v3")
            .rewrite("/**", "/rewritten")
            .guard(new CountingRule("never", 0))
            .split(new Sticky(By.COOKIE, "version"), "v1", 50, "v2", 50)
            .evaluator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.shop",
                "orders.shop.svc",
                "orders.shop.svc.cluster.local",
                "ORDERS.shop.SVC.cluster.local.",
                "orders.shop:8080",
                "orders.shop.svc:80",
                "orders.shop.svc.cluster.local:80",
            })
    void callsFromInsideAreGovernedByServicePoliciesOnly(String host) {
        Decision.Forward forward = TestApi.forward(evaluator.decide(inside(host, "/beta/x;p=1"), FIRST));
        assertThat(forward.version()).isEqualTo("v1");
        assertThat(forward.forwardPath()).isEqualTo("/beta/x;p=1");
        assertThat(forward.route()).isNull();
        assertThat(forward.access()).isNull();
        assertThat(forward.remember()).isTrue();
    }

    @Test
    void exposingAServiceNeitherShutsOutItsCallersFromInsideNorAsksThemForTokens() {
        for (Token token : new Token[] {Token.NONE, new Token.Rejected("forged"), TestApi.token()}) {
            assertThat(evaluator.decide(inside("orders.shop", "/").token(token), FIRST))
                    .isInstanceOf(Decision.Forward.class);
        }
    }

    @Test
    void theSplitGovernsCallsFromInsideAsWell() {
        assertThat(TestApi.forward(evaluator.decide(inside("orders.shop", "/"), bound -> bound - 1))
                        .version())
                .isEqualTo("v2");
        RequestValue kept = inside("orders.shop", "/").header("Cookie", "version=v2");
        assertThat(TestApi.forward(evaluator.decide(kept, FIRST)).version()).isEqualTo("v2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.shop.localhost",
                "orders",
                "orders.other",
                "orders.shop.svc.svc",
                "orders.shop.svc.cluster",
                "orders.shop.cluster.local",
                "svc.cluster.local",
                "orders.shopsvc",
            })
    void otherNamesAreNoServiceInside(String host) {
        assertThat(TestApi.refuse(evaluator.decide(inside(host, "/"), FIRST)).reason())
                .isEqualTo(Reason.UNKNOWN_HOST);
    }

    @Test
    void theNameOfAServiceIsNoExposedHost() {
        RequestValue request = RequestValue.of("GET", "orders.shop.svc.cluster.local", "/", null);
        assertThat(TestApi.refuse(evaluator.decide(request, FIRST)).reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(evaluator.entered(RequestValue.of("GET", "orders.shop.svc.cluster.local", "/", null)))
                .isNull();
    }

    @Test
    void pathsFromInsideAreBroughtIntoNormalFormToo() {
        assertThat(TestApi.forward(evaluator.decide(inside("orders.shop", "/a//../b"), FIRST))
                        .forwardPath())
                .isEqualTo("/a/b");
        assertThat(TestApi.refuse(evaluator.decide(inside("orders.shop", "/.."), FIRST))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theOrderOfTheQuestionsIsPathHostTokenAccessGuardsRouteSplitRewrite() {
        CountingRule guard = new CountingRule("always", 1_000);
        Evaluator all = orders().scope("/a/**", "a")
                .guard(guard)
                .split("v1", 100)
                .rewrite("/a/**", "/b")
                .evaluator();
        assertThat(stages(all, request("GET", "/..").token(new Token.Rejected("forged"))))
                .containsExactly("path");
        assertThat(stages(all, RequestValue.of("GET", "nobody", "/a", null))).containsExactly("path", "host");
        assertThat(stages(all, request("GET", "/a;b"))).containsExactly("path", "host", "path");
        assertThat(stages(all, request("GET", "/a").token(new Token.Rejected("forged"))))
                .containsExactly("path", "host", "token", "access");
        assertThat(stages(all, request("GET", "/a").token(TestApi.token())))
                .containsExactly("path", "host", "token", "access");
        assertThat(stages(all, request("GET", "/a").token(TestApi.token("a"))))
                .containsExactly("path", "host", "token", "access", "guard", "route", "split", "rewrite");
    }

    @Test
    void callersGovernBothWaysAndBoundariesOnlyTheInside() {
        Town town =
                new Town().api("orders.shop").only("/a/**", "page.web").isolate("shop", List.of("jobs.web"), List.of());
        assertThat(town.call("jobs.web", "orders.shop", "/a")).isEqualTo("403 CALLER");
        assertThat(town.enter("jobs.web", "orders.shop", "/a")).isEqualTo("403 CALLER");
        assertThat(town.call("page.web", "orders.shop", "/b")).isEqualTo("403 ISOLATED");
        assertThat(town.enter("page.web", "orders.shop", "/a")).isEqualTo("ok");
    }

    private static List<String> stages(Evaluator evaluator, RequestValue request) {
        return evaluator.explain(request, FIRST).steps().stream()
                .map(Explanation.Step::stage)
                .toList();
    }

    private static RequestValue inside(String host, String path) {
        return RequestValue.of("GET", host, path, null).inMesh();
    }
}
