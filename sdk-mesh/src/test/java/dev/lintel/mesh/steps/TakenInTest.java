package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By which ports a host outside may be called where a Sidecar takes in whatever comes below another one. */
class TakenInTest {
    private static final String ALL = entry("all", "'*.psp.example'", 443);
    private static final String ONE = entry("one", "api.psp.example", 80, 443);
    private static final String TAKES_ALL = sidecar("./*.psp.example");
    private static final String TAKES_ONE = sidecar("./api.psp.example");

    @Test
    void aHostThatComesIsNotTakenInByMorePorts() {
        Steps steps = steps(ALL + TAKES_ALL, ONE + TAKES_ONE);

        assertThat(written(steps))
                .containsExactly("prepare one [443]", "lead egress []", "clear one [80, 443]", "clear all [443]");
        assertThat(steps.gaps()).isEmpty();
    }

    @Test
    void aHostThatGoesIsNotTakenInByMorePorts() {
        Steps steps = steps(ONE + TAKES_ONE, ALL + TAKES_ALL);

        assertThat(written(steps))
                .containsExactly("prepare all [443]", "prepare one [443]", "lead egress []", "clear one [443]");
    }

    @Test
    void withoutACommonPortNobodySeesIt() {
        Steps steps = steps(ALL + TAKES_ALL, entry("one", "api.psp.example", 80) + TAKES_ONE);

        assertThat(steps.steps().get(0).manifests().get(0).spec()).containsEntry("exportTo", List.of("~"));
    }

    @Test
    void aHostThatNoStarTakesInComesAsItIs() {
        String other = entry("one", "psp.example", 80);

        assertThat(written(steps(ALL + TAKES_ALL, ALL + other + sidecar("./*.psp.example", "./psp.example"))))
                .containsExactly("prepare one [80]", "lead egress []");
        assertThat(written(steps(
                        ALL + TAKES_ALL,
                        ONE.replace("namespace: shop", "namespace: edge") + sidecar("edge/api.psp.example"))))
                .startsWith("prepare one [80, 443]");
    }

    /** What a namespace does not see is neither let out to nor in the way. */
    @Test
    void whatIsNotSeenDoesNotCount() {
        String hidden = ONE.replace("name: one", "name: old").replace("['.']", "['~']");
        String forOthers = ONE.replace("['.']", "[money]");

        assertThat(written(steps(ALL + hidden + TAKES_ALL, ALL + hidden + ONE + TAKES_ONE)))
                .startsWith("prepare one [443]");
        assertThat(written(steps(ALL + TAKES_ALL, ALL + forOthers + TAKES_ALL)))
                .containsExactly("prepare one [80, 443]");
    }

    /** Both states let out by 80, one of them by the gateway's entry and one by a star. */
    @Test
    void portsThatOneHostLosesForOthersAreTold() {
        String shared = ONE.replace("namespace: shop", "namespace: edge");
        String before = shared.replace("['.']", "[shop]") + sidecar("edge/api.psp.example");
        String after = shared.replace("['.']", "[money]").replace("{number: 80, name: p80, protocol: TCP}, ", "")
                + entry("all", "'*.psp.example'", 80, 443)
                + TAKES_ALL;

        String others =
                (entry("stars", "'*.psp.example'", 80) + TAKES_ALL).replace("namespace: shop", "namespace: stock");

        assertThat(steps(before + others, after + others).gaps())
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.names()).isEqualTo(Set.of("api.psp.example from shop"));
                    assertThat(gap.problem().message())
                            .isEqualTo(
                                    "some requests to api.psp.example from shop that both the old and the new state let through are"
                                            + " refused for a moment: ports and callers of the host change, and what both states let out"
                                            + " by it is less");
                });
        assertThat(steps(before, after.replace("{number: 80, name: p80, protocol: TCP}, ", ""))
                        .gaps())
                .isEmpty();
    }

    private static Steps steps(String before, String after) {
        return Steps.between(ManifestYaml.read(before), ManifestYaml.read(after));
    }

    /** What happens to which object, with its ports. */
    private static List<String> written(Steps steps) {
        return steps.steps().stream()
                .flatMap(step -> step.manifests().stream()
                        .map(each -> step.why() + " " + each.name() + " "
                                + SpecTree.maps(each.spec(), "ports").stream()
                                        .map(port -> port.get("number"))
                                        .toList()))
                .toList();
    }

    private static String entry(String name, String host, int... ports) {
        StringBuilder said = new StringBuilder();
        for (int port : ports) {
            said.append(said.isEmpty() ? "" : ", ")
                    .append("{number: %1$d, name: p%1$d, protocol: TCP}".formatted(port));
        }
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: %s, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                spec: {hosts: [%s], exportTo: ['.'], ports: [%s]}
                """.formatted(name, host, said);
    }

    private static String sidecar(String... hosts) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: Sidecar
                metadata: {name: egress, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                spec: {egress: [{hosts: ['%s']}]}
                """.formatted(String.join("', '", hosts));
    }
}
