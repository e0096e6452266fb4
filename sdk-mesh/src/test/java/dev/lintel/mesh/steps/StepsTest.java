package dev.lintel.mesh.steps;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written when, for what people change. */
class StepsTest {
    private static final Dialect ISTIO = istio().domain("example.com");
    private static final String SPLIT = """
              - kind: traffic.split/v1
                shares:
                  - version: v1
                    weight: 50
                  - version: %s
                    weight: 50
            """;

    @Test
    void whatIsClosedIsOneWrite() {
        Steps steps = steps(orders(access("/**", "allow: anyone")), orders(access("/**", "scopes: [orders.read]")));

        assertThat(labels(steps)).containsExactly("close: AuthorizationPolicy shop/orders");
    }

    @Test
    void whoGetsItsFirstPolicyKnowsTokensBeforeItAsksForThem() {
        Steps steps = steps(orders(""), orders(access("/**", "scopes: [orders.read]")));

        assertThat(labels(steps))
                .containsExactly(
                        "close: PeerAuthentication shop/orders",
                        "close: RequestAuthentication shop/orders",
                        "close: AuthorizationPolicy shop/orders",
                        "lead: VirtualService shop/orders-entry");
    }

    @Test
    void whoLosesItsPolicyIsLedFirstAndOpenedThen() {
        Steps steps = steps(orders(access("/**", "scopes: [orders.read]")), orders(""));

        assertThat(labels(steps))
                .containsExactly(
                        "lead: VirtualService shop/orders-entry",
                        "open: delete AuthorizationPolicy shop/orders",
                        "open: delete RequestAuthentication shop/orders",
                        "open: delete PeerAuthentication shop/orders");
    }

    @Test
    void aNewVersionIsKnownBeforeAnythingLeadsToIt() {
        Steps steps = steps(orders(""), orders(SPLIT.formatted("v2")));

        assertThat(labels(steps))
                .containsExactly(
                        "prepare: DestinationRule shop/orders",
                        "lead: VirtualService shop/orders-split",
                        "lead: VirtualService shop/orders-mesh, VirtualService shop/orders-entry");
    }

    @Test
    void aVersionGoesWhenNothingLeadsToItAnyMore() {
        Steps steps = steps(orders(SPLIT.formatted("v2")), orders(SPLIT.formatted("v3")));

        assertThat(labels(steps))
                .containsExactly(
                        "prepare: DestinationRule shop/orders",
                        "lead: VirtualService shop/orders-split",
                        "clear: DestinationRule shop/orders");
        assertThat(yaml(steps, 0)).contains("name: v1", "name: v2", "name: v3");
        assertThat(yaml(steps, 2)).contains("name: v1", "name: v3").doesNotContain("name: v2");
    }

    @Test
    void anApiThatIsRemovedIsNotLedToBeforeItIsOpen() {
        Steps steps = steps(orders(access("/**", "scopes: [orders.read]")) + "---\n" + stock(""), stock(""));

        assertThat(labels(steps))
                .containsExactly(
                        "lead: Gateway istio-system/shop",
                        "lead: delete VirtualService shop/orders-entry",
                        "open: delete AuthorizationPolicy shop/orders",
                        "open: delete RequestAuthentication shop/orders",
                        "open: delete PeerAuthentication shop/orders");
    }

    @Test
    void aPathThatClosesWhileAnotherOpensAndRoutesMoveIsNarrowedInBetween() {
        String old = orders(access("/a/**", "scopes: [read]", "/b/**", "scopes: [admin]"));
        String next = orders(access("/a/**", "scopes: [admin]", "/b/**", "scopes: [read]") + SPLIT.formatted("v2"));

        Steps steps = steps(old, next);

        assertThat(labels(steps))
                .containsExactly(
                        "prepare: DestinationRule shop/orders",
                        "close: AuthorizationPolicy shop/orders",
                        "lead: VirtualService shop/orders-split",
                        "lead: VirtualService shop/orders-mesh, VirtualService shop/orders-entry",
                        "open: AuthorizationPolicy shop/orders");
        assertThat(steps.steps().get(1).manifests().get(0)).satisfies(narrow -> {
            List<String> rules = ManifestYaml.write(List.of(narrow))
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.matches("- (/[ab].*|read|admin)"))
                    .toList();
            assertThat(rules)
                    .containsExactly("- /b", "- /b/*", "- admin", "- read", "- /a", "- /a/*", "- read", "- admin");
        });
        assertThat(steps.gaps()).isEmpty();
    }

    @Test
    void aHostThatGoesToAnotherApiIsTakenFirstAndToldAsAGap() {
        String host = "  - kind: entry.host/v1\n    host: all.shop.example.com\n";
        Steps steps = steps(orders(host) + "---\n" + stock(""), orders("") + "---\n" + stock(host));

        assertThat(labels(steps))
                .containsExactly(
                        "lead: Gateway istio-system/shop",
                        "lead: VirtualService shop/orders-entry",
                        "lead: VirtualService shop/stock-entry");
        assertThat(steps.gaps()).extracting(gap -> gap.problem().code()).containsOnly("steps.gap");
        assertThat(steps.gaps())
                .extracting(gap -> gap.problem().message())
                .first()
                .asString()
                .isEqualTo(
                        "some requests to all.shop.example.com that both the old and the new state let through are refused for a moment: it takes"
                                + " 'all.shop.example.com' over from another route, and nobody says which of two is asked");
    }

    @Test
    void aNamespaceIsIsolatedByWhatRefusesBeforeTheNetworkDoes() {
        Steps steps = steps(orders(""), orders("") + "---\nkind: Isolation/v1\nnamespace: shop\nallowFrom: [web]\n");

        assertThat(labels(steps))
                .containsExactly(
                        "close: PeerAuthentication shop/lintel.boundary",
                        "close: AuthorizationPolicy shop/lintel.boundary",
                        "fence: NetworkPolicy shop/lintel.boundary");
    }

    @Test
    void aHostOutsideIsKnownBeforeCallsAreKeptIn() {
        Steps steps = steps(orders(""), orders("") + "---\nkind: Egress/v1\nhost: api.psp.example\nnamespace: shop\n");

        assertThat(labels(steps))
                .containsExactly("prepare: ServiceEntry shop/egress-api.psp.example", "lead: Sidecar shop/egress");
    }

    @Test
    void aHostOutsideGoesWhenNobodyMayCallItAnyMore() {
        String one = orders("") + "---\nkind: Egress/v1\nhost: api.psp.example\nnamespace: shop\n";
        Steps steps = steps(one + "---\nkind: Egress/v1\nhost: eu.psp.example\nnamespace: shop\n", one);

        assertThat(labels(steps))
                .containsExactly("lead: Sidecar shop/egress", "clear: delete ServiceEntry shop/egress-eu.psp.example");
    }

    @Test
    void anApiUnderAnotherNameIsNotOpenedByTheOldAndTheNewPolicyTogether() {
        Manifest old = policy("orders", "/a");
        Manifest next = policy("orders2", "/b");

        Steps steps = Steps.between(List.of(old), List.of(next));

        assertThat(labels(steps))
                .containsExactly(
                        "close: AuthorizationPolicy shop/orders",
                        "open: AuthorizationPolicy shop/orders2",
                        "open: delete AuthorizationPolicy shop/orders");
        assertThat(steps.steps().get(0).manifests().get(0).spec()).doesNotContainKey("rules");
    }

    @Test
    void whatDoesNotChangeIsNotWritten() {
        assertThat(steps(orders(""), orders("")).steps()).isEmpty();
    }

    /** Istio refuses everybody beside somebody, and a webhook that refuses stops an apply in the middle. */
    @Test
    void whoSeesAnEntryMeanwhileIsEverybodyOrSomebodyButNotBoth() {
        String entry = """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: psp, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                spec: {hosts: [psp.example], exportTo: [%s], ports: [{number: 443, name: tls, protocol: TLS}]}
                """;
        Steps narrowed = Steps.between(
                ManifestYaml.read(entry.formatted("'*'")), ManifestYaml.read(entry.formatted("'.', edge")));
        Steps moved = Steps.between(
                ManifestYaml.read(entry.formatted("edge")), ManifestYaml.read(entry.formatted("'.', out")));

        assertThat(seenBy(narrowed)).containsExactly(List.of(".", "edge"));
        assertThat(seenBy(moved)).containsExactly(List.of(".", "out", "edge"), List.of(".", "out"));
    }

    private static List<Object> seenBy(Steps steps) {
        return steps.steps().stream()
                .map(step -> step.manifests().get(0).spec().get("exportTo"))
                .toList();
    }

    /** An apiserver answers fields in the order of their names, and webhooks refuse two ports of one name. */
    @Test
    void partsAreTheSameInWhateverOrderTheirFieldsAre() {
        String exit = """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: egress-psp, namespace: edge, labels: {app.kubernetes.io/managed-by: lintel}}
                spec: {selector: {istio: egressgateway}, servers: [{port: {%s}, hosts: [psp.example], tls: {mode: %s}}]}
                """;
        Steps steps = Steps.between(
                ManifestYaml.read(exit.formatted("name: tls-443, number: 443, protocol: TLS", "PASSTHROUGH")),
                ManifestYaml.read(exit.formatted("number: 443, name: tls-443, protocol: TLS", "ISTIO_MUTUAL")));

        assertThat(steps.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(
                                (List<?>) step.manifests().get(0).spec().get("servers"))
                        .hasSize(1));
    }

    private static Manifest policy(String name, String path) {
        return ManifestYaml.read("""
                        apiVersion: security.istio.io/v1
                        kind: AuthorizationPolicy
                        metadata:
                          name: %s
                          namespace: shop
                        spec:
                          selector:
                            matchLabels:
                              app: orders
                          rules:
                          - to:
                            - operation:
                                paths: ["%s"]
                        """.formatted(name, path)).get(0);
    }

    private static String yaml(Steps steps, int step) {
        return ManifestYaml.write(steps.steps().get(step).manifests());
    }

    private static List<String> labels(Steps steps) {
        return steps.steps().stream().map(Step::label).toList();
    }

    private static Steps steps(String before, String after) {
        return Steps.between(written(before), written(after));
    }

    private static List<Manifest> written(String yaml) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(yaml, "shop.yaml"), ISTIO.world());
        Written written = ISTIO.write(compiled.model());
        assertThat(compiled.problems()).isEmpty();
        assertThat(written.problems()).isEmpty();
        return written.manifests();
    }

    private static String orders(String policies) {
        return api("orders", policies);
    }

    private static String stock(String policies) {
        return api("stock", policies);
    }

    private static String api(String name, String policies) {
        return "kind: Api/v1\nservice: " + name + "\nnamespace: shop\n"
                + (policies.isEmpty() ? "" : "policies:\n" + policies);
    }

    private static String access(String... pathsAndWords) {
        StringBuilder text = new StringBuilder("""
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                    audiences: [orders]
                    rules:
                """);
        for (int i = 0; i < pathsAndWords.length; i += 2) {
            text.append("      - endpoint: ")
                    .append(pathsAndWords[i])
                    .append("\n        ")
                    .append(pathsAndWords[i + 1])
                    .append('\n');
        }
        return text.toString();
    }
}
