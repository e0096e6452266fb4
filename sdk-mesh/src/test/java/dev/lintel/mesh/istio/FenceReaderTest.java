package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network policy that lets out more than was said is told. */
class FenceReaderTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final MeshModel MODEL = new MeshModel(
            List.of(new Sketch().withoutSplit().api()),
            List.of(new EgressRule(
                    "bank", "api.psp.example", List.of(443), List.of(), true, EgressGateway.STANDARD, Sketch.LINE)));

    private static List<String> told(UnaryOperator<List<Manifest>> mistake) {
        return DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests())).problems().stream()
                .map(Problem::message)
                .toList();
    }

    private static Arguments mistake(String message, Consumer<List<Object>> change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "lets out to every namespace",
                        egress -> egress.add(Map.of("to", List.of(Map.of("namespaceSelector", Map.of()))))),
                mistake(
                        "finds namespaces by more than one name",
                        egress -> egress.add(Map.of(
                                "to",
                                List.of(Map.of(
                                        "namespaceSelector", Map.of("matchLabels", Map.of("team", "payments"))))))),
                mistake(
                        "lets out whatever goes to port 53",
                        egress -> egress.add(Map.of("ports", List.of(Map.of("protocol", "TCP", "port", 53))))),
                mistake(
                        "lets out by some ports only",
                        egress -> Mutant.map(egress.get(1)).put("ports", List.of(Map.of("port", 443)))),
                mistake("lets everything out", egress -> egress.add(Map.of())));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aFenceWithAHoleIsTold(String message, Consumer<List<Object>> change) {
        assertThat(told(manifests -> manifests)).isEmpty();
        assertThat(told(Mutant.named(Meta.NETWORK_POLICY, EgressFence.NAME, spec -> {
                    List<Object> egress = new ArrayList<>(Mutant.list(spec.get("egress")));
                    change.accept(egress);
                    spec.put("egress", egress);
                })))
                .anyMatch(each -> each.contains(message));
    }

    @Test
    void whereTheControlPlaneRunsStaysWithinReach() {
        IstioDialect elsewhere = DIALECT.rootNamespace("mesh-root").controlPlane("mesh-control");

        List<Manifest> written = elsewhere.write(MODEL).manifests();

        assertThat(elsewhere.read(written).problems()).isEmpty();
        assertThat(DIALECT.read(written).problems())
                .extracting(Problem::message)
                .contains(
                        "spec: does not take in istio-system/*.istio-system.svc.cluster.local",
                        "cuts workloads off from their own namespace, the mesh or DNS");
        assertThat(written)
                .filteredOn(one ->
                        one.kind().equals(Meta.NETWORK_POLICY) || one.kind().equals(Meta.SIDECAR))
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThat(one.toYaml()).contains("mesh-control").doesNotContain("mesh-root"));
    }

    @Test
    void aNetworkPolicyOfSomebodyElseBesideOursIsTold() {
        Manifest open = new Manifest(
                Meta.NETWORK,
                Meta.NETWORK_POLICY,
                "bank",
                "open",
                Map.of(),
                Map.of(),
                Map.of("podSelector", Map.of(), "policyTypes", List.of("Egress"), "egress", List.of(Map.of())));
        assertThat(told(manifests ->
                        Stream.concat(manifests.stream(), Stream.of(open)).toList()))
                .isNotEmpty();
    }

    @Test
    void whatIsHardSaysForWhichPods() {
        assertThat(DIALECT.write(MODEL).guarantees())
                .filteredOn(one -> one.strength() == Strength.HARD)
                .extracting(Guarantee::how)
                .singleElement()
                .asString()
                .contains("pods with a network of their own");
        assertThat(DIALECT.write(MODEL).prerequisites())
                .filteredOn(one -> one.code().equals("istio.egress-gateway-network"))
                .extracting(Problem::hint)
                .singleElement()
                .asString()
                .contains("hostNetwork");
    }

    @Test
    void servicesElsewhereAreReachedByTheirHosts() {
        MeshModel far = new MeshModel(List.of(FarModels.guarded()), MODEL.egress());
        assertThat(DIALECT.write(far).guarantees())
                .filteredOn(one -> one.strength() == Strength.HARD)
                .extracting(Guarantee::what)
                .singleElement()
                .asString()
                .endsWith(", and by the hosts of services elsewhere");
    }
}
