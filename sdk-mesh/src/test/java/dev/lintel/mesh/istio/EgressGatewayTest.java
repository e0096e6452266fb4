package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What leaves through a gateway leaves by no other way; and where a piece of the way is missing, calls go as they would. */
class EgressGatewayTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final String HOST = "api.psp.example";
    private static final String NAME = "egress-api.psp.example";
    private static final String GATEWAY = "egress-api-psp-example";
    private static final String THROUGH = "istio-egressgateway.istio-system";
    private static final MeshModel MODEL = new MeshModel(
            List.of(new Sketch().withoutSplit().api()), List.of(through("bank"), through("shop"), direct("stock")));

    private static EgressRule through(String namespace, String... onlyFor) {
        return new EgressRule(
                namespace, HOST, List.of(80, 443), List.of(onlyFor), true, EgressGateway.STANDARD, Sketch.LINE);
    }

    private static EgressRule direct(String namespace) {
        return new EgressRule(namespace, "mail.example", List.of(443), List.of(), true, Sketch.LINE);
    }

    /** How bank calls by TLS, and shop by TLS and by plain HTTP; then what could not be read. */
    private static String after(UnaryOperator<List<Manifest>> mistake) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        Evaluator evaluator = Evaluator.of(read.model());
        return "bank " + way(evaluator, "bank", 443) + ", shop " + way(evaluator, "shop", 443) + ", plain "
                + way(evaluator, "shop", 80) + "\n"
                + read.problems().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    private static String way(Evaluator evaluator, String namespace, int port) {
        EgressDecision decision = evaluator.egress(namespace, "orders", HOST, port);
        EgressRule rule = decision.rule();
        return decision.isAllowed() && rule != null ? String.valueOf(rule.gateway()) : "refused";
    }

    private static UnaryOperator<List<Manifest>> both(
            UnaryOperator<List<Manifest>> one, UnaryOperator<List<Manifest>> other) {
        return manifests -> other.apply(one.apply(manifests));
    }

    private static List<Manifest> unfenced(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> !manifest.kind().equals(Meta.NETWORK_POLICY))
                .toList();
    }

    @Test
    void withoutAMistakeAllLeaveThroughTheGateway() {
        assertThat(after(manifests -> manifests))
                .isEqualTo("bank " + THROUGH + ", shop " + THROUGH + ", plain " + THROUGH + "\n");
    }

    @Test
    void withoutRoutesCallsGoDirectlyAndTheNetworkStopsThem() {
        UnaryOperator<List<Manifest>> routes = Mutant.without(Meta.VIRTUAL_SERVICE, NAME, "istio-system");
        assertThat(after(routes)).startsWith("bank refused, shop refused, plain refused\n");
        assertThat(after(both(routes, EgressGatewayTest::unfenced))).startsWith("bank null, shop null, plain null\n");
    }

    @Test
    void withoutTheGatewayObjectNothingArrives() {
        assertThat(after(both(Mutant.without(Meta.GATEWAY, GATEWAY, "istio-system"), EgressGatewayTest::unfenced)))
                .startsWith("bank refused, shop refused, plain refused\n");
    }

    @Test
    void anotherNameIsShownToTheGateway() {
        assertThat(after(Mutant.named(
                        Meta.DESTINATION_RULE,
                        "lintel.egress.istio-egressgateway",
                        spec -> Mutant.map(Mutant.at(spec, "subsets", 0, "trafficPolicy", "tls"))
                                .put("sni", "www.psp.example"))))
                .startsWith("bank refused, shop refused, plain refused\n");
    }

    @Test
    void noPodOfTheGatewayIsFound() {
        assertThat(after(Mutant.named(
                        Meta.DESTINATION_RULE,
                        "lintel.egress.istio-egressgateway",
                        spec -> Mutant.map(Mutant.at(spec, "subsets", 0)).put("labels", Map.of("istio", "other")))))
                .startsWith("bank refused, shop refused, plain refused\n");
    }

    @Test
    void theNameThatTheGatewayIsAskedForIsNotTheHosts() {
        UnaryOperator<List<Manifest>> wrong = Mutant.named(
                Meta.VIRTUAL_SERVICE,
                NAME,
                spec -> Mutant.map(Mutant.at(spec, "tls", 0, "match", 0)).put("sniHosts", List.of("www.psp.example")));
        assertThat(after(wrong)).startsWith("bank refused, shop refused, plain " + THROUGH + "\n");
        assertThat(after(both(wrong, EgressGatewayTest::unfenced)))
                .startsWith("bank null, shop null, plain null\n")
                .contains("leaves in several ways from shop");
    }

    @Test
    void theGatewayPassesThroughWhatItShouldOpen() {
        assertThat(after(Mutant.named(
                        Meta.GATEWAY,
                        GATEWAY,
                        spec -> Mutant.map(Mutant.at(spec, "servers", 1, "tls")).put("mode", "PASSTHROUGH"))))
                .startsWith("bank refused, shop refused, plain " + THROUGH + "\n");
    }

    @Test
    void theGatewaySendsOnToAnotherHost() {
        assertThat(after(Mutant.named(
                        Meta.VIRTUAL_SERVICE,
                        NAME,
                        spec -> Mutant.map(Mutant.at(spec, "tcp", 0, "route", 0, "destination"))
                                .put("host", "www.psp.example"))))
                .startsWith("bank refused, shop refused, plain " + THROUGH + "\n");
    }

    @Test
    void theGatewayDoesNotKnowTheHost() {
        assertThat(after(Mutant.named(Meta.SERVICE_ENTRY, NAME, spec -> spec.put("exportTo", List.of("bank", "shop")))))
                .startsWith("bank refused, shop refused, plain refused\n");
    }

    @Test
    void oneNamespaceIsNotExpectedAtTheGateway() {
        assertThat(after(Mutant.named(
                        Meta.AUTHORIZATION_POLICY,
                        NAME,
                        spec -> Mutant.map(Mutant.at(spec, "rules", 0, "from", 0, "source"))
                                .put("notNamespaces", List.of("shop")))))
                .startsWith("bank refused, shop " + THROUGH + ", plain " + THROUGH + "\n");
    }

    @Test
    void nobodyIsRefusedAtTheGateway() {
        assertThat(after(Mutant.without(Meta.AUTHORIZATION_POLICY, NAME, "istio-system")))
                .startsWith("bank " + THROUGH)
                .contains("leaves through " + THROUGH + " from every namespace");
    }

    @Test
    void nothingHoldsANamespaceToTheGateway() {
        assertThat(after(Mutant.without(Meta.NETWORK_POLICY, EgressFence.NAME, "shop")))
                .startsWith("bank " + THROUGH + ", shop " + THROUGH)
                .contains("does not keep workloads in that get around their sidecars and the gateway");
    }

    @Test
    void packetsMayLeaveForAnyAddress() {
        assertThat(after(opened(List.of(Map.of("ipBlock", Map.of("cidr", "0.0.0.0/0"))))))
                .contains("lets out what goes to addresses: {cidr=0.0.0.0/0}")
                .contains("does not keep workloads in");
        assertThat(after(opened(List.of()))).contains("lets everything out").contains("does not keep workloads in");
    }

    private static UnaryOperator<List<Manifest>> opened(List<Object> to) {
        return manifests -> manifests.stream()
                .map(manifest -> {
                    boolean fence = manifest.kind().equals(Meta.NETWORK_POLICY)
                            && manifest.namespace().equals("shop");
                    return fence
                            ? Mutant.named(
                                            Meta.NETWORK_POLICY,
                                            EgressFence.NAME,
                                            spec -> Mutant.list(spec.get("egress"))
                                                    .add(Map.of("to", to)))
                                    .apply(List.of(manifest))
                                    .get(0)
                            : manifest;
                })
                .toList();
    }

    @Test
    void packetsDoNotReachTheGateway() {
        assertThat(after(manifests -> manifests.stream()
                        .map(manifest -> manifest.kind().equals(Meta.NETWORK_POLICY)
                                        && manifest.namespace().equals("bank")
                                ? Mutant.named(
                                                Meta.NETWORK_POLICY,
                                                EgressFence.NAME,
                                                spec -> spec.put("egress", List.of()))
                                        .apply(List.of(manifest))
                                        .get(0)
                                : manifest)
                        .toList()))
                .startsWith("bank refused, shop " + THROUGH)
                .contains("cuts workloads off from their own namespace, the mesh or DNS");
    }

    @Test
    void theNetworkHoldsWhatLeavesThroughGatewaysAlone() {
        assertThat(DIALECT.write(MODEL).guarantees())
                .extracting(Guarantee::describe)
                .contains(
                        "egress of shop: nothing leaves but to api.psp.example, through " + THROUGH
                                + ": hard (NetworkPolicy shop/lintel.egress for pods with a network of their own, and"
                                + " AuthorizationPolicy at the gateway,"
                                + " which knows the namespace by its certificates)",
                        "egress of stock: nothing leaves but to mail.example: proxy (Sidecar stock/egress with"
                                + " REGISTRY_ONLY, which holds nobody who gets around the sidecar)");
    }

    @Test
    void oneHostThatIsCalledDirectlyLeavesTheNamespaceToSidecars() {
        Written written = DIALECT.write(new MeshModel(List.of(), List.of(through("shop"), direct("shop"))));

        assertThat(written.manifests()).extracting(Manifest::kind).doesNotContain(Meta.NETWORK_POLICY);
        assertThat(written.guarantees())
                .extracting(Guarantee::describe)
                .singleElement()
                .asString()
                .contains(": proxy (");
        assertThat(written.prerequisites()).extracting(Problem::code).contains("istio.egress-gateway-mixed");
    }

    @Test
    void anApplicationIsHeldByItsSidecarAlone() {
        assertThat(DIALECT.write(new MeshModel(List.of(), List.of(through("shop", "payments"))))
                        .guarantees())
                .extracting(Guarantee::describe)
                .contains("egress of shop: nothing but payments calls api.psp.example: proxy (Sidecars of these"
                        + " applications; the gateway knows the namespace alone)");
    }

    @Test
    void hostsWithHyphensAndDotsHaveSubsetsOfTheirOwn() {
        List<EgressRule> rules = List.of(host("a-b.c"), host("a.b-c"));
        Written written = DIALECT.write(new MeshModel(List.of(), rules));

        assertThat(Exit.of(rules)).extracting(Exit::subset).containsExactly("a--b-c", "a-b--c");
        assertThat(written.manifests()).extracting(Manifest::id).doesNotHaveDuplicates();
        assertThat(written.manifests())
                .filteredOn(manifest -> manifest.kind().equals(Meta.GATEWAY))
                .extracting(Manifest::name)
                .containsExactly("egress-a--b-c", "egress-a-b--c");
    }

    private static EgressRule host(String host) {
        return new EgressRule("shop", host, List.of(443), List.of(), true, EgressGateway.STANDARD, Sketch.LINE);
    }

    @Test
    void withoutSidecarsNothingKeepsAnythingIn() {
        assertThat(DIALECT.ambient().write(MODEL).problems())
                .filteredOn(problem -> problem.code().equals("istio.ambient-egress"))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.hint()).contains("NetworkPolicy"));
    }
}
