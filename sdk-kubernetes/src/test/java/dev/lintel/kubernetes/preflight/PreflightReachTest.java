package dev.lintel.kubernetes.preflight;

import static dev.lintel.kubernetes.preflight.Preflight.preflight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.preflight.ClusterReader.Got;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target.Wanted;
import dev.lintel.mesh.YamlTrees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a preflight makes of Pods that a Service reaches and policies do not. */
class PreflightReachTest {
    private static final String ROUTE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders, namespace: shop}
            spec:
              hosts: [orders]
              http: [{route: [{destination: {host: orders, port: {number: 80}}}]}]
            """;
    private static final String POLICIES = """
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: orders, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: orders, namespace: shop, labels: {lintel.dev/api: orders}}
            spec: {selector: {matchLabels: {app: orders}}, rules: [{}]}
            """;
    private static final String SERVICES = """
            items:
            - metadata: {name: orders}
              spec:
                selector: {tier: web}
                ports: [{port: 80, name: http, targetPort: web}, {port: 9090, name: http-metrics}]
            """;

    private final List<String> pods = new ArrayList<>();

    private void pod(String name, String app, String annotations) {
        pods.add("""
                - metadata: {name: %s, labels: {tier: web, app: %s}, annotations: {%s}}
                  spec: {containers: [{name: a, ports: [{name: web, containerPort: 8080}]}, {name: istio-proxy}]}
                """.formatted(name, app, annotations));
    }

    private List<String> problems(String manifests) {
        Map<String, String> documents = new HashMap<>(Map.of(
                "/api/v1/namespaces/shop",
                "metadata: {name: shop, labels: {istio-injection: enabled}}",
                "/api/v1/namespaces/shop/services?limit=500",
                SERVICES,
                "/api/v1/namespaces/shop/pods?limit=500",
                "items:\n" + String.join("", pods)));
        ClusterReader reader = paths -> paths.stream()
                .map(path -> documents.containsKey(path)
                        ? new Got(
                                200,
                                Docs.map(YamlTrees.read(documents.get(path)).get(0)))
                        : new Got(404, Map.of()))
                .toList();
        return preflight()
                .check(reader, new Wanted(ManifestYaml.readAny(manifests, "shop"), MeshModel.EMPTY), List.of())
                .problems()
                .stream()
                .map(Problem::render)
                .filter(each -> each.contains("Service shop/") || each.contains("Namespace shop"))
                .toList();
    }

    @Test
    void aServiceThatSelectsMoreThanThePolicies() {
        pod("orders-1", "orders", "");
        assertThat(problems(ROUTE + POLICIES)).isEmpty();

        pod("batch-1", "batch", "");
        assertThat(problems(ROUTE + POLICIES)).containsExactly("""
                preflight.selects-less Service shop/orders: VirtualService shop/orders goes to it, and no AuthorizationPolicy \
                selects these Pods of it: batch-1; what it says is not enforced there
                      give these Pods the labels that the policy selects, or narrow the selector of the Service""");
        assertThat(problems(POLICIES)).isEmpty();
        assertThat(problems(ROUTE)).isEmpty();
    }

    @Test
    void aServiceOfWhichThePoliciesSelectNothing() {
        pods.add("- metadata: {name: other, labels: {app: orders}}\n  spec: {containers: [{name: istio-proxy}]}\n");
        for (int i = 1; i <= 7; i++) {
            pod("batch-" + i, "batch", "");
        }

        assertThat(problems(ROUTE + POLICIES))
                .singleElement()
                .asString()
                .startsWith("preflight.selects-less ")
                .contains("batch-5 and 2 more")
                .doesNotContain("batch-6");
        assertThat(problems(ROUTE + POLICIES.replace("lintel.dev/api: orders", "lintel.dev/api: payments")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            excludeInboundPorts | 8080        | out of
            excludeInboundPorts | 9090, 8080  | out of
            includeInboundPorts | ''          | into
            includeInboundPorts | 80,9090     | into
            """)
    void aSidecarThatLeavesOutThePort(String annotation, String ports, String way) {
        pod("orders-1", "orders", "");
        pod("orders-2", "orders", "traffic.sidecar.istio.io/" + annotation + ": '" + ports + "'");

        assertThat(problems(ROUTE + POLICIES)).containsExactly("""
                preflight.no-sidecar Namespace shop: has Pods about which policies are written, and whose sidecars leave out what \
                is sent to port 80 of their Service, as the annotation traffic.sidecar.istio.io/%s says: orders-2
                      take the port %s the annotation, or take the annotation away, and restart them""".formatted(annotation, way));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "excludeInboundPorts: '9090'",
                "excludeInboundPorts: ''",
                "includeInboundPorts: '*'",
                "includeInboundPorts: '9090, 8080'"
            })
    void aSidecarThatTakesThePort(String annotation) {
        pod("orders-1", "orders", "traffic.sidecar.istio.io/" + annotation);

        assertThat(problems(ROUTE + POLICIES)).isEmpty();
    }
}
