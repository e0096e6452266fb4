package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others open on a real apiserver beside ours is told by plan and diff, wherever it stands. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class OthersOnClusterTest {
    private final Cluster cluster;
    private final Namespace namespace;
    private final ApiClient api;
    private final Shop shop;

    OthersOnClusterTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
    }

    private void make(String group, String where, String plural, String body) {
        api.send("POST", "/apis/" + group + "/v1/namespaces/" + where + "/" + plural, "application/json", body)
                .expected(body);
    }

    private static List<String> reopened(Mesh mesh, List<Definition> definitions) {
        List<Problem> told = mesh.plan(definitions).warnings().stream()
                .filter(one -> one.code().equals("cluster.reopened"))
                .toList();
        assertThat(mesh.diff(definitions).opened()).isEqualTo(told);
        assertThat(mesh.diff(definitions).isDrifted()).isEqualTo(!told.isEmpty());
        return told.stream().map(Problem::path).toList();
    }

    @Test
    void aPolicyInAnotherRootNamespaceIsTold() {
        String root = cluster.namespace();
        try (KubernetesClient client = shop.client()) {
            ClusterTarget target = ClusterTarget.cluster(client).inventory(namespace.name());
            Mesh mesh = Mesh.of(istio().domain("example.com").rootNamespace(root), target);
            mesh.apply(mesh.plan(shop.before()));
            assertThat(reopened(mesh, shop.before())).isEmpty();

            make(
                    "security.istio.io",
                    root,
                    "authorizationpolicies",
                    "{\"apiVersion\":\"security.istio.io/v1\",\"kind\":\"AuthorizationPolicy\",\"metadata\":{\"name\":\"open\"},"
                            + "\"spec\":{\"action\":\"ALLOW\",\"rules\":[{}]}}");

            assertThat(reopened(mesh, shop.before()))
                    .isNotEmpty()
                    .allMatch(("AuthorizationPolicy " + root + "/open")::equals);
            assertThat(reopened(Mesh.of(istio().domain("example.com"), target), shop.before()))
                    .as("a mesh with another root")
                    .isEmpty();
        }
    }

    @Test
    void aNetworkPolicyThatAddsToOursIsTold() {
        List<Definition> definitions = new ArrayList<>(shop.before());
        definitions.add(Api.isolate(namespace.name()).allowFrom("monitoring").define());
        try (KubernetesClient client = shop.client()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
            mesh.apply(mesh.plan(definitions));
            assertThat(reopened(mesh, definitions)).isEmpty();

            make(
                    "networking.k8s.io",
                    namespace.name(),
                    "networkpolicies",
                    "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"metadata\":{\"name\":\"open\"},"
                            + "\"spec\":{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"],\"ingress\":[{}],\"egress\":[{}]}}");

            assertThat(reopened(mesh, definitions)).containsExactly("NetworkPolicy " + namespace + "/open");
        }
    }

    @Test
    void whatLeadsElsewhereOrTakesTheProxyIsTold() {
        List<Definition> definitions = new ArrayList<>(shop.before());
        definitions.add(
                Api.egress("api.psp.example").inNamespace(namespace.name()).define());
        try (KubernetesClient client = shop.client()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
            mesh.apply(mesh.plan(definitions));
            assertThat(reopened(mesh, definitions)).isEmpty();

            make(
                    "networking.istio.io",
                    namespace.name(),
                    "serviceentries",
                    "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"ServiceEntry\",\"metadata\":{\"name\":\"away\"},"
                            + "\"spec\":{\"hosts\":[\"api.psp.example\"],\"ports\":[{\"number\":443,\"name\":\"tls\",\"protocol\":\"TLS\"}],"
                            + "\"resolution\":\"STATIC\",\"location\":\"MESH_EXTERNAL\",\"endpoints\":[{\"address\":\"203.0.113.9\"}]}}");
            assertThat(reopened(mesh, definitions)).containsExactly("ServiceEntry " + namespace + "/away");

            make(
                    "networking.istio.io",
                    namespace.name(),
                    "sidecars",
                    "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"Sidecar\",\"metadata\":{\"name\":\"open\"},"
                            + "\"spec\":{\"workloadSelector\":{\"labels\":{\"app\":\"orders\"}},\"egress\":[{\"hosts\":[\"*/*\"]}],"
                            + "\"outboundTrafficPolicy\":{\"mode\":\"ALLOW_ANY\"}}}");
            assertThat(reopened(mesh, definitions))
                    .containsExactlyInAnyOrder("ServiceEntry " + namespace + "/away", "Sidecar " + namespace + "/open");
        }
    }
}
