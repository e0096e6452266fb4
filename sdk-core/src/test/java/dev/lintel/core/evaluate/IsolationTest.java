package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.Town.FIRST;
import static dev.lintel.core.evaluate.Town.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The boundaries of namespaces. */
class IsolationTest {
    private static final List<String> NONE = List.of();

    private final Town town = new Town()
            .api("orders.shop")
            .api("users.identity")
            .api("ledger.bank")
            .api("page.web")
            .isolate("shop", List.of("monitoring", "page.web"), List.of("identity", "ledger.bank"))
            .isolate("bank", NONE, List.of("page.web"));

    @Test
    void callsIntoAnIsolatedNamespaceAreRefusedUnlessAllowed() {
        assertThat(town.call("frontend.shop", "orders.shop", "/")).isEqualTo("ok");
        assertThat(town.call("prometheus.monitoring", "orders.shop", "/")).isEqualTo("ok");
        assertThat(town.call("page.web", "orders.shop", "/")).isEqualTo("ok");
        assertThat(town.call("other.web", "orders.shop", "/")).isEqualTo("403 ISOLATED");
        assertThat(town.call("users.identity", "orders.shop", "/")).isEqualTo("403 ISOLATED");
    }

    @Test
    void callsOutOfItAreRefusedUnlessAllowed() {
        assertThat(town.call("frontend.shop", "users.identity", "/")).isEqualTo("ok");
        assertThat(town.call("frontend.shop", "page.web", "/")).isEqualTo("403 ISOLATED");
        assertThat(town.call("clerk.bank", "page.web", "/")).isEqualTo("ok");
        assertThat(town.call("clerk.bank", "users.identity", "/")).isEqualTo("403 ISOLATED");
    }

    @Test
    void betweenTwoIsolatedNamespacesBothMustAllow() {
        assertThat(town.call("frontend.shop", "ledger.bank", "/")).isEqualTo("403 ISOLATED");
        Town both = new Town()
                .api("orders.shop")
                .api("ledger.bank")
                .isolate("shop", NONE, List.of("ledger.bank"))
                .isolate("bank", List.of("frontend.shop"), NONE);
        assertThat(both.call("frontend.shop", "ledger.bank", "/")).isEqualTo("ok");
        assertThat(both.call("jobs.shop", "ledger.bank", "/")).isEqualTo("403 ISOLATED");
        assertThat(both.call("clerk.bank", "orders.shop", "/")).isEqualTo("403 ISOLATED");
    }

    @Test
    void whoDoesNotProveWhereTheCallComesFromGetsWhereEveryNamespaceWouldLetIt() {
        assertThat(town.call("", "orders.shop", "/")).isEqualTo("403 ISOLATED");
        assertThat(town.call("", "users.identity", "/")).isEqualTo("403 ISOLATED");
        assertThat(town.call("", "page.web", "/")).isEqualTo("403 ISOLATED");
        Town loose = new Town().api("users.identity").isolate("shop", NONE, List.of("identity"));
        assertThat(loose.call("", "users.identity", "/")).isEqualTo("ok");
        assertThat(new Town().api("users.identity").call("", "users.identity", "/"))
                .isEqualTo("ok");
    }

    @Test
    void aNamespaceInWhichNothingIsExposedHasABoundaryAllTheSame() {
        Town quiet = new Town().api("orders.shop").isolate("lab", NONE, NONE);
        assertThat(quiet.call("probe.lab", "orders.shop", "/")).isEqualTo("403 ISOLATED");
        assertThat(quiet.call("frontend.shop", "orders.shop", "/")).isEqualTo("ok");
    }

    @Test
    void whoEntersByAnExposedHostIsLetInBecauseTheExposureSaysSo() {
        assertThat(town.enter("", "orders.shop", "/")).isEqualTo("ok");
        assertThat(town.enter("other.web", "orders.shop", "/")).isEqualTo("ok");
        assertThat(town.enter("frontend.shop", "page.web", "/")).isEqualTo("ok");
    }

    @Test
    void callerRulesAreAskedBehindTheBoundary() {
        Town both = new Town()
                .api("orders.shop")
                .only("/**", "page.web", "other.web")
                .isolate("shop", List.of("page.web"), NONE);
        assertThat(both.call("page.web", "orders.shop", "/")).isEqualTo("ok");
        assertThat(both.call("other.web", "orders.shop", "/")).isEqualTo("403 ISOLATED");
        assertThat(both.call("frontend.shop", "orders.shop", "/")).isEqualTo("403 CALLER");
        assertThat(both.enter("other.web", "orders.shop", "/")).isEqualTo("ok");
        assertThat(both.enter("", "orders.shop", "/")).isEqualTo("403 CALLER");
    }

    @Test
    void everyNameOfAServiceIsBehindItsBoundary() {
        for (String name : List.of("orders.shop.svc", "orders.shop.svc.cluster.local", "ORDERS.SHOP:8080")) {
            assertThat(town.call("other.web", name, "/")).as(name).isEqualTo("403 ISOLATED");
        }
        assertThat(town.call("other.web", "orders", "/")).isEqualTo("404 UNKNOWN_HOST");
    }

    @Test
    void whatLeavesTheWorldIsGovernedByEgressAlone() {
        Evaluator evaluator = new Town()
                .api("orders.shop")
                .isolate("shop", NONE, NONE)
                .egress("shop", "api.psp.example")
                .evaluator();
        assertThat(evaluator.egress("shop", "payments", "api.psp.example", 443).isAllowed())
                .isTrue();
        assertThat(evaluator.egress("web", "page", "api.psp.example", 443).isAllowed())
                .isFalse();
    }

    @Test
    void aNamespaceHasOneBoundary() {
        assertThatThrownBy(() -> new Town()
                        .isolate("shop", NONE, NONE)
                        .isolate("shop", List.of("web"), NONE)
                        .model())
                .hasMessage("a namespace has one boundary, but 'shop' has two");
    }

    @Test
    void aRefusalNamesTheBoundaryAndItsLine() {
        assertThat(town.evaluator()
                        .explain(call("frontend.shop", "GET", "page.web", "/"), FIRST)
                        .render())
                .isEqualTo("""
                GET page.web/
                  = refuse with 403 ISOLATED: page.web may not be called out of 'shop'

                  path     / is in normal form
                  host     page.web is page.web, from inside: no entry policies  Town.java:10
                  boundary refused, page.web may not be called out of 'shop'     Town.java:40
                """);
        assertThat(town.evaluator()
                        .explain(call("", "GET", "page.web", "/"), FIRST)
                        .render())
                .contains("boundary refused, it is not proven which namespace the call comes from");
        assertThat(new Town()
                        .api("orders.shop")
                        .isolate("shop", List.of("page.web"), NONE)
                        .isolate("web", NONE, List.of("shop"))
                        .evaluator()
                        .explain(call("page.web", "GET", "orders.shop", "/"), FIRST)
                        .render())
                .isEqualTo("""
                GET orders.shop/
                  = forward to orders.shop /

                  path     / is in normal form
                  host     orders.shop is orders.shop, from inside: no entry policies  Town.java:10
                  boundary orders.shop may be called out of 'web'                      Town.java:41
                  boundary page.web is allowed into 'shop'                             Town.java:40
                  split    none, any workload of the service will do
                """);
    }
}
