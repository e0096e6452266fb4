package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By which ports a host outside may be called while Sidecars change. */
class LedToTest {
    private static final String HTTP = "{number: 80, name: http, protocol: HTTP}";
    private static final String TLS = "{number: 443, name: tls, protocol: TLS}";

    @Test
    void portsAreThoseOfBothSides() {
        String other = "{number: 8443, name: admin, protocol: TLS}";

        assertThat(ports(entry(HTTP, TLS), entry(TLS, other))).containsExactly(List.of("tls"), List.of("tls", "admin"));
        assertThat(ports(entry(HTTP, TLS), entry(TLS))).containsExactly(List.of("tls"));
        assertThat(ports(entry(TLS), entry(HTTP, TLS))).containsExactly(List.of("http", "tls"));
    }

    @Test
    void withoutACommonPortNobodySeesIt() {
        Steps steps = steps(entry(HTTP), entry(TLS));

        assertThat(steps.steps()).extracting(Step::why).containsExactly("prepare", "clear");
        assertThat(steps.steps().stream()
                        .map(step -> step.manifests().get(0).spec().get("exportTo")))
                .containsExactly(List.of("~"), List.of("."));
    }

    private static List<List<String>> ports(String before, String after) {
        return steps(before, after).steps().stream()
                .map(step -> SpecTree.maps(step.manifests().get(0).spec(), "ports").stream()
                        .map(port -> String.valueOf(port.get("name")))
                        .toList())
                .toList();
    }

    private static Steps steps(String before, String after) {
        List<Manifest> old = ManifestYaml.read(before);
        return Steps.between(old, ManifestYaml.read(after));
    }

    private static String entry(String... ports) {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: psp, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                spec: {hosts: [psp.example], exportTo: ['.'], ports: [%s]}
                """.formatted(String.join(", ", ports));
    }
}
