package dev.lintel.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What definitions about the outside mean together. */
class EgressRulesTest {
    private static EgressDefinition egress(
            int line, String host, String namespace, List<Integer> ports, String... who) {
        return new EgressDefinition(host, namespace, ports, List.of(who), line == 9, Origin.at("Shop.java", line));
    }

    private static ModelCompiler.Compiled compiled(EgressDefinition... definitions) {
        return new ModelCompiler(Scripted.kinds((policy, draft) -> {}))
                .compile(Arrays.asList(definitions), new World(World.LOCALHOST));
    }

    private static String rendered(List<Problem> problems) {
        return problems.stream().map(Problem::render).collect(Collectors.joining("\n"));
    }

    @Test
    void rulesAreSortedByNamespaceAndHost() {
        ModelCompiler.Compiled compiled = compiled(
                egress(9, "b.example", "shop", List.of(443)),
                egress(2, "a.example", "shop", List.of(80), "web"),
                egress(3, "z.example", "bank", List.of()));

        assertThat(compiled.problems()).isEmpty();
        assertThat(compiled.warnings()).isEmpty();
        assertThat(compiled.model().egress())
                .containsExactly(
                        new EgressRule("bank", "z.example", List.of(443), List.of(), false, Origin.unknown()),
                        new EgressRule("shop", "a.example", List.of(80), List.of("web"), false, Origin.unknown()),
                        new EgressRule("shop", "b.example", List.of(443), List.of(), true, Origin.unknown()));
        assertThat(compiled.model().egress().get(0).origin()).hasToString("Shop.java:3");
    }

    @Test
    void aHostIsSaidOnceForANamespace() {
        assertThat(rendered(compiled(
                                egress(1, "a.example", "shop", List.of(443)),
                                egress(2, "A.example", "shop", List.of(8443)),
                                egress(3, "a.example", "bank", List.of(443)))
                        .problems()))
                .isEqualTo("""
                        egress.twice a.example from shop: is said twice, first at Shop.java:1
                              say once who may call it
                              at Shop.java:2""");
    }

    @Test
    void whatANarrowerHostTakesAwayIsToldBeforehand() {
        assertThat(rendered(compiled(
                                egress(1, "*.psp.example", "shop", List.of(443, 8443)),
                                egress(2, "api.psp.example", "shop", List.of(443), "payments"),
                                egress(3, "*.api.psp.example", "shop", List.of(443, 8443)),
                                egress(4, "test.psp.example", "shop", List.of(443)),
                                egress(5, "own.psp.example", "shop", List.of(443, 8443), "payments"),
                                egress(6, "api.psp.example", "bank", List.of(80), "core"))
                        .warnings()))
                .isEqualTo("""
                        egress.narrower api.psp.example from shop: governs its host alone: what '*.psp.example' at Shop.java:1 lets out to other applications and ports does not leave for it
                              if it should, say it for this host too
                              at Shop.java:2
                        egress.narrower own.psp.example from shop: governs its host alone: what '*.psp.example' at Shop.java:1 lets out to other applications does not leave for it
                              if it should, say it for this host too
                              at Shop.java:5
                        egress.narrower test.psp.example from shop: governs its host alone: what '*.psp.example' at Shop.java:1 lets out to other ports does not leave for it
                              if it should, say it for this host too
                              at Shop.java:4""");
    }
}
