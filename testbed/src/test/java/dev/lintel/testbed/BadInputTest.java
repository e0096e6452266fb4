package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.Definition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.RefusedException;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.Target;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cluster would not take, or what nobody should send: told before anything is written. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BadInputTest {
    private final Namespace namespace;
    private final ApiClient api;
    private final Shop shop;
    private final KubernetesClient client;

    BadInputTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
        this.client = shop.client();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private ClusterTarget target() {
        return ClusterTarget.cluster(client).inventory(namespace.name());
    }

    private Mesh mesh() {
        return Mesh.of(istio().domain("example.com"), target());
    }

    @Test
    void ofDefinitionsThatAreHalfGoodNothingIsApplied() {
        mesh().apply(mesh().plan(shop.before()).allowWidening("a test"));
        Map<String, String> before = shop.owned();
        List<Definition> half = new ArrayList<>(shop.after());
        half.add(Api.expose("bills").inNamespace(namespace.name()).define());
        half.add(Api.expose("bills").inNamespace(namespace.name()).define());

        Plan plan = mesh().plan(half);

        assertThat(plan.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.path()).contains("bills." + namespace));
        assertThat(plan.changes()).isEmpty();
        assertThatThrownBy(() -> mesh().apply(plan)).isInstanceOf(ProblemsException.class);
        assertThat(shop.owned()).isEqualTo(before);
        mesh().apply(mesh().plan(shop.after()).allowWidening("a test"));
        assertThat(mesh().plan(shop.after()).isEmpty()).isTrue();
    }

    @Test
    void aNamespaceOnItsWayOutIsNamedAndNothingIsWritten() {
        String held = "/api/v1/namespaces/" + namespace + "/configmaps/held";
        api.apply(held, """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "held", "finalizers": ["example.com/held"]}}
                """);
        api.ask("DELETE", "/api/v1/namespaces/" + namespace).expected("DELETE");
        try {
            Plan plan = mesh().plan(shop.before());

            assertThat(plan.problems())
                    .isNotEmpty()
                    .filteredOn(problem -> problem.path().contains(" " + namespace + "/"))
                    .isNotEmpty()
                    .allSatisfy(problem -> {
                        assertThat(problem.code()).isEqualTo("cluster.terminating");
                        assertThat(problem.message()).contains("because it is being terminated");
                        assertThat(problem.hint()).contains("'" + namespace + "'");
                    });
            assertThatThrownBy(() -> mesh().apply(plan)).isInstanceOf(ProblemsException.class);
            assertThat(shop.owned()).isEmpty();
            assertThat(mesh().plan().isEmpty()).isTrue();
        } finally {
            api.send("PATCH", held, "application/merge-patch+json", "{\"metadata\": {\"finalizers\": null}}")
                    .expected("PATCH");
        }
    }

    @Test
    void anObjectOverTheLimitIsToldBeforeItIsSentAndOneBelowItIsTaken() {
        assertThat(target().obstacles(target().read(), List.of(large(1_600_000))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("cluster.size");
                    assertThat(problem.path()).isEqualTo("AuthorizationPolicy " + namespace + "/large");
                    assertThat(problem.message())
                            .matches("takes 16\\d{5} bytes; the store of a cluster takes 1400000 for one object");
                });
        assertThatThrownBy(() -> write(large(1_600_000))).isInstanceOf(ProblemsException.class);
        assertThat(shop.owned()).isEmpty();

        write(large(1_390_000));

        assertThat(shop.owned()).hasSize(1);
        assertThat(mesh().plan().changes()).hasSize(1);
    }

    private void write(Manifest manifest) {
        target().write(target().read(), new Target.Wanted(List.of(manifest), MeshModel.EMPTY));
    }

    /** A policy of about so many bytes. */
    private Manifest large(int bytes) {
        List<Object> paths = new ArrayList<>();
        String path = "/" + "x".repeat(997);
        for (int i = 0; i < bytes / 1_000; i++) {
            paths.add(path);
        }
        return new Manifest(
                "security.istio.io/v1",
                "AuthorizationPolicy",
                namespace.name(),
                "large",
                Map.of(Manifest.MANAGED_BY, Manifest.LINTEL),
                Map.of(),
                Map.of(
                        "action",
                        "DENY",
                        "rules",
                        List.of(Map.of("to", List.of(Map.of("operation", Map.of("paths", paths)))))));
    }

    @Test
    void aTokenThatIsNoneIsToldInTheApiserversWordsAndNotPrinted() {
        mesh().apply(mesh().plan(shop.before()).allowWidening("a test"));
        Map<String, String> before = shop.owned();
        try (KubernetesClient stranger = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withOauthToken("no-such-token")
                        .build())
                .build()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(stranger).inventory(namespace.name()));

            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> mesh.plan(shop.after()));

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.getMessage()).contains("Unauthorized").doesNotContain("no-such-token");
        }
        assertThat(shop.owned()).isEqualTo(before);
    }
}
