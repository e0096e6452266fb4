package dev.lintel.mesh.property;

import static dev.lintel.mesh.property.Ways.way;
import static dev.lintel.mesh.property.Ways.world;
import static dev.lintel.mesh.property.Ways.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.property.OrderPropertyTest.Ends;
import dev.lintel.mesh.steps.Gap;
import dev.lintel.mesh.steps.Steps;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people change, step by step, with every moment on the way judged: nothing opens, and nothing breaks. */
class WayScenariosTest {
    private static final World ISTIO = world("istio");
    private static final World EGRESS = world("istio egress");
    private static final World KYMA = world("kyma");
    private static final World GATEWAY_API = world("gateway-api none");
    private static final String TOKENS = """
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences: [orders]
            """;

    @Test
    void callersAreNarrowedByOneWrite() {
        assertThat(way(ISTIO, orders(callers("frontend.web, jobs")), orders(callers("frontend.web"))))
                .containsExactly("close: AuthorizationPolicy shop/orders");
    }

    @Test
    void callersAreWidenedByOneWrite() {
        assertThat(way(ISTIO, orders(callers("frontend.web")), orders(callers("frontend.web, jobs"))))
                .containsExactly("close: AuthorizationPolicy shop/orders");
    }

    @Test
    void aPathThatMovesWithoutAChangeOfAccessLeavesPoliciesAlone() {
        String route = """
                  - kind: traffic.version/v1
                    name: v2
                    labels: {version: v2}
                  - kind: traffic.route/v1
                    match:
                      endpoint: "%s"
                    version: v2
                """;
        assertThat(way(ISTIO, orders(route.formatted("/old/**")), orders(route.formatted("/new/**"))))
                .allMatch(step -> step.startsWith("lead: VirtualService shop/orders"))
                .isNotEmpty();
    }

    @Test
    void aHostThatMovesToAnotherNamespaceIsTakenBeforeItIsGiven() {
        List<Manifest> before = written(ISTIO, orders(""));
        String money = ManifestYaml.write(written(ISTIO, orders("").replace("shop", "money")));
        List<Manifest> after = ManifestYaml.read(money.replace("orders.money.example.com", "orders.shop.example.com"));

        List<String> steps = way(ISTIO, new Ends(1, before, after));

        assertThat(steps.indexOf("lead: delete VirtualService shop/orders-entry"))
                .isNotNegative()
                .isLessThan(steps.indexOf("lead: VirtualService money/orders-entry"));
    }

    @Test
    void anAuthorizerIsAskedAsSoonAsItIsSaidAndAsLongAsItIsSaid() {
        String asking = """
                  - kind: auth.ext-authz/v1
                    address: grpc://opa.shop.svc:9191
                    timeout: 1s
                    statusOnError: 403
                """;
        assertThat(way(ISTIO, orders(""), orders(asking))).isNotEmpty();
        assertThat(way(ISTIO, orders(asking), orders(""))).isNotEmpty();
    }

    /** What one lets through another may refuse: the old host is asked about by the old one as long as it is routed. */
    @Test
    void anAuthorizerThatChangesWithTheHostIsAskedBesideTheOldOne() {
        String asking = """
                  - kind: entry.host/v1
                    host: old.shop.example.com
                  - kind: auth.ext-authz/v1
                    address: grpc://strict.shop.svc:9191
                    timeout: 1s
                    statusOnError: 403
                """;
        String before = orders(asking);
        String after = orders(asking.replace("old.", "new.").replace("strict.", "lax."));

        assertThat(way(ISTIO, before, after))
                .containsSubsequence(
                        "close: AuthorizationPolicy istio-system/orders.shop.meanwhile",
                        "lead: VirtualService shop/orders-entry",
                        "open: AuthorizationPolicy istio-system/orders.shop",
                        "open: delete AuthorizationPolicy istio-system/orders.shop.meanwhile");
        assertThat(Steps.between(written(ISTIO, before), written(ISTIO, after)).gaps())
                .extracting(Gap::names)
                .containsExactly(Set.of("new.shop.example.com", "old.shop.example.com"));
        assertThat(way(ISTIO, before, before.replace("strict.", "lax.")))
                .containsExactly("close: AuthorizationPolicy istio-system/orders.shop");
    }

    /** The route of a host that several share belongs to none of them, and changes what is asked about each of them. */
    @Test
    void anAuthorizerOfASharedHostIsAskedAboutThePathsOfBothSides() {
        String asking = """
                  - kind: auth.ext-authz/v1
                    address: grpc://opa.shop.svc:9191
                    timeout: 1s
                    statusOnError: 403
                """;
        String stock = "---\n" + api("stock", at("/stock/**"));

        assertThat(way(ISTIO, orders(at("/old/**") + asking) + stock, orders(at("/new/**") + asking) + stock))
                .containsSubsequence(
                        "close: AuthorizationPolicy istio-system/orders.shop",
                        "lead: VirtualService shop/all.shop.example.com",
                        "open: AuthorizationPolicy istio-system/orders.shop");
    }

    /** Old routes go on with their answer, and only those who ask for it get the new one. */
    @Test
    void anAnswerThatChangesIsAnotherObjectUntilRoutesNameIt() {
        String answering = """
                  - kind: traffic.respond/v1
                    match:
                      endpoint: "/old/**"
                    status: 410
                """;
        World world = world("gateway-api envoy-gateway");

        assertThat(way(world, orders(answering), orders(answering.replace("410", "200"))))
                .containsSubsequence("lead: HTTPRoute shop/orders")
                .first()
                .asString()
                .startsWith("prepare: HTTPRouteFilter shop/orders.answer-");
    }

    @Test
    void aVersionIsRemovedWhenNothingLeadsToItAnyMore() {
        String versions = """
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: 50
                      - version: v2
                        weight: 50
                """;
        List<String> steps = way(ISTIO, orders(versions), orders(""));

        assertThat(steps.get(steps.size() - 1)).contains("clear: ", "DestinationRule shop/orders");
    }

    @Test
    void aNamespaceThatGoesThroughAGatewayLikeAnotherIsLetThroughThereBeforeItIsLed() {
        assertThat(way(
                        EGRESS,
                        egress("shop", true) + egress("money", false),
                        egress("shop", true) + egress("money", true)))
                .containsSubsequence(
                        "prepare: AuthorizationPolicy edge/egress-psp.example",
                        "prepare: VirtualService edge/egress-psp.example",
                        "lead: Sidecar money/egress",
                        "fence: NetworkPolicy money/lintel.egress");
    }

    @Test
    void aNamespaceThatLeavesAGatewayIsRefusedThereWhenItIsNoLongerLed() {
        assertThat(way(
                        EGRESS,
                        egress("shop", true) + egress("money", true),
                        egress("shop", true) + egress("money", false)))
                .containsSubsequence(
                        "unfence: delete NetworkPolicy money/lintel.egress",
                        "lead: Sidecar money/egress",
                        "clear: AuthorizationPolicy edge/egress-psp.example");
    }

    @Test
    void aHostThatGoesThroughAnotherGatewayIsFencedByBothUntilItIsLedThere() {
        String before = egress("shop", true);

        assertThat(way(EGRESS, before, before.replace("out.edge", "out.rim")))
                .containsSubsequence(
                        "prepare: VirtualService rim/egress-psp.example",
                        "unfence: NetworkPolicy shop/lintel.egress",
                        "lead: Sidecar shop/egress",
                        "fence: NetworkPolicy shop/lintel.egress",
                        "clear: delete VirtualService edge/egress-psp.example");
    }

    /**
     * While the old route is there as well, what is said of the new host is not of the one who has everything else there. No
     * definitions may claim one within the other, but models of anybody may.
     */
    @Test
    void anApiThatMovesToASharedHostDoesNotLeaveItsPathsToWhoHasTheRest() {
        String stock = api("stock", at("/**"));

        for (World world : List.of(ISTIO, world("istio ambient"))) {
            List<Manifest> after = written(world, List.of(orders(at("/foo/**") + TOKENS), stock));
            assertThat(way(world, new Ends(1, written(world, orders(TOKENS)), after)))
                    .containsSubsequence(
                            "lead: VirtualService shop/all.shop.example.com",
                            "lead: delete VirtualService shop/orders-entry");
        }
    }

    /** A route that is there in part leads those requests alone, and nobody else of the host. */
    @Test
    void routesOfASharedHostThatComeByAndByTakeNothingElse() {
        String carts = api("carts", at("/carts/**"));
        String posted = at("/orders/**") + """
                  - kind: traffic.version/v1
                    name: v2
                    service: orders-v2
                  - kind: traffic.route/v1
                    match:
                      endpoint: "POST /orders/**"
                    version: v2
                """;

        assertThat(way(GATEWAY_API, carts, carts.replace("/carts/", "/basket/") + "---\n" + orders(posted)))
                .filteredOn(step -> step.contains("HTTPRoute shop/orders"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void aVersionWithOtherLabelsIsToldAtTheHostThatItsApiShares() {
        String version = at("/orders/**") + """
                  - kind: traffic.version/v1
                    name: v2
                    labels: {%s}
                  - kind: traffic.route/v1
                    match:
                      endpoint: "/orders/**"
                    version: v2
                """;
        String before = orders(version.formatted("track: canary")) + "---\n" + api("stock", at("/stock/**") + TOKENS);
        String after = before.replace("track: canary", "version: v2");

        for (World world : List.of(ISTIO, KYMA)) {
            assertThat(way(world, before, after)).contains("prepare: DestinationRule shop/orders");
            assertThat(Steps.between(written(world, before), written(world, after))
                            .gaps())
                    .extracting(Gap::names)
                    .allSatisfy(names -> assertThat(names)
                            .contains("all.shop.example.com", "orders.shop")
                            .doesNotContain("stock.shop"))
                    .isNotEmpty();
        }
    }

    private static String orders(String policies) {
        return api("orders", policies);
    }

    /** At some paths of a host that several share. */
    private static String at(String paths) {
        return "  - kind: entry.host/v1\n    host: all.shop.example.com\n" + "  - kind: entry.paths/v1\n    paths: [\""
                + paths + "\"]\n";
    }

    private static String api(String name, String policies) {
        return "kind: Api/v1\nservice: " + name + "\nnamespace: shop\n"
                + (policies.isEmpty() ? "" : "policies:\n" + policies);
    }

    private static String callers(String workloads) {
        return "  - kind: auth.callers/v1\n    workloads: [" + workloads + "]\n";
    }

    private static String egress(String namespace, boolean through) {
        return "---\nkind: Egress/v1\nhost: psp.example\nnamespace: " + namespace + "\nports: [80, 443]\n"
                + (through ? "gateway: out.edge\n" : "");
    }
}
