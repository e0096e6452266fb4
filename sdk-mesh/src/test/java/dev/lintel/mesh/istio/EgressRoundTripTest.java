package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is let out means what was meant, read back; and a mistake in it shows. */
class EgressRoundTripTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final int MODELS = 1000;

    @Test
    void whatIsLetOutIsWhatWasMeant() {
        int refused = 0;
        int told = 0;
        int through = 0;
        int hard = 0;
        for (long seed = 0; seed < MODELS; seed++) {
            MeshModel model = new MeshModel(List.of(), RandomEgress.rules(new Random(seed)));
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                assertThat(written.problems())
                        .allMatch(one -> one.code().equals("istio.egress-narrower")
                                || one.code().startsWith("istio.egress-gateway-"));
                refused++;
                continue;
            }
            Read read = DIALECT.read(written.manifests());
            assertThat(read.problems()).as("seed %d", seed).isEmpty();
            List<String> decided = decisions(model);
            assertThat(decisions(read.model())).as("seed %d", seed).isEqualTo(decided);
            told += decided.stream().anyMatch(one -> one.contains("OTHERS")) ? 1 : 0;
            through += decided.stream().anyMatch(one -> one.endsWith("istio-system")) ? 1 : 0;
            hard += written.guarantees().stream().anyMatch(one -> one.strength() == Strength.HARD) ? 1 : 0;
        }
        assertThat(refused).as("models that are refused").isBetween(50, MODELS / 2);
        assertThat(told).as("models in which applications are told apart").isGreaterThan(MODELS / 10);
        assertThat(through).as("models in which calls leave through a gateway").isGreaterThan(MODELS / 10);
        assertThat(hard).as("models in which a namespace is held to it").isGreaterThan(MODELS / 10);
    }

    private static List<String> decisions(MeshModel model) {
        Evaluator evaluator = Evaluator.of(model);
        List<String> decisions = new ArrayList<>();
        List<String> hosts = new ArrayList<>(List.of("b.eu.psp.example", "x.example", "b.psp.example", "10.0.0.1"));
        RandomEgress.HOSTS.stream().filter(host -> !host.startsWith("*")).forEach(hosts::add);
        for (String namespace : RandomEgress.NAMESPACES) {
            for (String application : List.of("carts", "orders", "others")) {
                for (String host : hosts) {
                    for (int port : RandomEgress.PORTS) {
                        EgressDecision decision = evaluator.egress(namespace, application, host, port);
                        EgressRule rule = decision.rule();
                        decisions.add(namespace + " " + application + " " + host + ":" + port + " " + decision.reason()
                                + (rule == null ? "" : " " + rule.gateway()));
                    }
                }
            }
        }
        return decisions;
    }

    private static final MeshModel MODEL = new MeshModel(
            List.of(new Sketch().withoutSplit().api()),
            List.of(
                    new EgressRule("shop", "*.psp.example", List.of(443), List.of("payments"), true, Sketch.LINE),
                    new EgressRule("shop", "mail.example", List.of(80, 443), List.of(), true, Sketch.LINE)));

    private static String after(UnaryOperator<List<Manifest>> mistake) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        StringBuilder text = new StringBuilder(decisionsOf(read.model()));
        read.problems().forEach(problem -> text.append(problem.message()).append('\n'));
        return text.toString();
    }

    private static String decisionsOf(MeshModel model) {
        Evaluator evaluator = Evaluator.of(model);
        return "orders "
                + evaluator.egress("shop", "orders", "a.psp.example", 443).reason() + " mail "
                + evaluator.egress("shop", "orders", "mail.example", 8443).reason() + "\n";
    }

    @Test
    void withoutAMistakeNothingDiffers() {
        assertThat(after(manifests -> manifests)).isEqualTo("orders OTHERS mail PORT\n");
    }

    @Test
    void aHostOfOneApplicationIsTakenInByAll() {
        assertThat(after(Mutant.named(
                        Meta.SIDECAR,
                        "egress",
                        spec -> Mutant.list(Mutant.at(spec, "egress", 0, "hosts"))
                                .add("./*.psp.example"))))
                .startsWith("orders LISTED");
    }

    @Test
    void everythingOfTheNamespaceIsTakenIn() {
        assertThat(after(Mutant.named(
                        Meta.SIDECAR,
                        "egress",
                        spec -> Mutant.list(Mutant.at(spec, "egress", 0, "hosts"))
                                .add("./*"))))
                .startsWith("orders LISTED");
    }

    @Test
    void onePortMoreIsLetOut() {
        assertThat(after(Mutant.named(
                        Meta.SERVICE_ENTRY,
                        "egress-mail.example",
                        spec -> Mutant.list(spec.get("ports"))
                                .add(Map.of("number", 8443, "name", "tls-8443", "protocol", "TLS")))))
                .startsWith("orders OTHERS mail LISTED");
    }

    @Test
    void theModeIsLeftToTheMesh() {
        assertThat(after(Mutant.named(
                        Meta.SIDECAR,
                        "egress",
                        spec -> Mutant.map(spec.get("outboundTrafficPolicy")).remove("mode"))))
                .contains("mode is not REGISTRY_ONLY");
    }

    @Test
    void aPortIsForAnyProtocol() {
        assertThat(after(Mutant.named(
                        Meta.SERVICE_ENTRY,
                        "egress-mail.example",
                        spec -> Mutant.map(Mutant.at(spec, "ports", 0)).put("protocol", "TCP"))))
                .contains("is neither TLS nor HTTP, so that no host is asked for: TCP");
    }

    @Test
    void ofANamespaceNothingIsKeptIn() {
        assertThat(after(Mutant.without(Meta.SIDECAR))).contains("lets out what nothing keeps in");
    }

    @Test
    void ownServicesAreCutOff() {
        assertThat(after(Mutant.named(
                        Meta.SIDECAR,
                        "egress",
                        spec -> Mutant.list(Mutant.at(spec, "egress", 0, "hosts"))
                                .remove(0))))
                .contains("does not take in the services of its own namespace");
    }

    @Test
    void anEntryIsSeenElsewhere() {
        assertThat(after(Mutant.named(Meta.SERVICE_ENTRY, "egress-mail.example", spec -> spec.remove("exportTo"))))
                .contains("is seen in other namespaces");
    }

    @Test
    void theGuaranteeIsTheProxys() {
        assertThat(DIALECT.write(MODEL).guarantees())
                .anySatisfy(guarantee -> assertThat(guarantee.describe())
                        .isEqualTo("egress of shop: nothing leaves but to *.psp.example, mail.example: proxy (Sidecar"
                                + " shop/egress with REGISTRY_ONLY, which holds nobody who gets around the sidecar)"));
    }
}
