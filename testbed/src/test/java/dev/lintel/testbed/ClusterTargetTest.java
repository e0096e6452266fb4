package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions on a real apiserver, in front of which istiod's webhook stands. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ClusterTargetTest {
    private final Namespace namespace;
    private final ApiClient api;
    private final KubernetesClient client;

    ClusterTargetTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.client = Clients.of(cluster);
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

    private Definition orders(int weight) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                .split("v1", weight, "v2", 100 - weight)
                .define();
    }

    @Test
    void whatIsAppliedIsThereAndNothingIsLeftToDo() {
        Plan plan = mesh().plan(orders(90));
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).hasOnlyElementsOfType(Change.Create.class).hasSizeGreaterThan(4);

        mesh().apply(plan);

        assertThat(mesh().plan(orders(90)).changes()).hasOnlyElementsOfType(Change.Keep.class);
        assertThat(versions()).hasSameSizeAs(plan.changes());
    }

    @Test
    void whatHasNotChangedIsNotWritten() {
        mesh().apply(mesh().plan(orders(90)));
        List<String> before = versions();

        Plan plan = mesh().plan(orders(80));
        mesh().apply(plan);

        assertThat(plan.changes().stream().filter(Change.Update.class::isInstance))
                .hasSize(1);
        assertThat(versions()).hasSameSizeAs(before);
        assertThat(versions().stream().filter(version -> !before.contains(version)))
                .singleElement()
                .asString()
                .startsWith("virtualservices/");
    }

    @Test
    void whatIsInNoDefinitionGoes() {
        mesh().apply(mesh().plan(orders(90)));

        Plan plan = mesh().plan();
        assertThat(plan.changes()).hasOnlyElementsOfType(Change.Delete.class);
        mesh().apply(plan);

        assertThat(versions()).isEmpty();
    }

    @Test
    void aFieldOfAnotherManagerIsAConflictThatNamesIt() {
        mesh().apply(mesh().plan(orders(90)));
        String rule = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/virtualservices/" + split();
        api.send("PATCH", rule + "?fieldManager=rollouts&force=true", "application/apply-patch+yaml", weights(50))
                .expected("PATCH");

        Plan plan = mesh().plan(orders(80));

        assertThat(plan.problems())
                .extracting(Problem::code, Problem::path)
                .containsExactly(tuple("cluster.conflict", "VirtualService " + namespace + "/" + split()));
        assertThat(plan.problems().get(0).message()).contains("\"rollouts\"", ".spec.http");
        assertThatThrownBy(() -> mesh().apply(plan)).isInstanceOf(ProblemsException.class);
        assertThat(api.ask("GET", rule).body()).contains("\"weight\":50");

        Mesh taking = Mesh.of(istio().domain("example.com"), target().onConflict(Conflicts.TAKE_OVER));
        taking.apply(taking.plan(orders(80)));
        assertThat(api.ask("GET", rule).body()).contains("\"weight\":80");
    }

    @Test
    void whatSomebodyOpensByHandIsToldAndClosedAgain() {
        mesh().apply(mesh().plan(orders(90)));
        String policy = "/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies/orders";
        api.send(
                        "PATCH",
                        policy + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"spec\": {\"rules\": [{}]}}")
                .expected("PATCH");

        assertThat(mesh().plan(orders(90)).problems()).extracting(Problem::code).containsExactly("cluster.conflict");

        Mesh taking = Mesh.of(istio().domain("example.com"), target().onConflict(Conflicts.TAKE_OVER));
        Plan plan = taking.plan(orders(90));
        assertThat(plan.changes().stream().filter(change -> !(change instanceof Change.Keep)))
                .singleElement()
                .isInstanceOf(Change.Update.class);
        assertThat(plan.effects()).isNotEmpty().noneMatch(Effect::widens);
        assertThat(plan.effects().toString()).contains("now needs scope orders.read: /orders/** (was: public)");
        taking.apply(plan);
        assertThat(mesh().plan(orders(90)).isEmpty()).isTrue();
    }

    @Test
    void whatOthersSayInOurObjectsStaysAndIsNoDrift() {
        mesh().apply(mesh().plan(orders(90)));
        String rule = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/destinationrules/orders";
        api.send(
                        "PATCH",
                        rule + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"metadata\": {\"annotations\": {\"team\": \"shop\"}}}")
                .expected("PATCH");

        assertThat(mesh().plan(orders(90)).isEmpty()).isTrue();
        mesh().apply(mesh().plan(orders(80)));
        assertThat(api.ask("GET", rule).body()).contains("\"team\":\"shop\"");
    }

    @Test
    void anObjectOfSomebodyElseIsNotTouched() {
        String policy = "/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies/orders";
        api.apply(policy, """
                {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy",
                 "metadata": {"name": "orders"}, "spec": {"action": "DENY", "rules": [{}]}}
                """);

        Plan plan = mesh().plan(orders(90));

        assertThat(plan.problems())
                .extracting(Problem::code, Problem::path)
                .containsExactly(tuple("cluster.foreign", "AuthorizationPolicy " + namespace + "/orders"));
        assertThatThrownBy(() -> mesh().apply(plan)).isInstanceOf(ProblemsException.class);
        assertThat(versions()).isEmpty();
    }

    @Test
    void anotherInventoryIsNeitherReadNorDeleted() {
        mesh().apply(mesh().plan(orders(90)));
        List<String> before = versions();
        Mesh other = Mesh.of(
                istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace + "-b"));

        assertThat(other.plan().isEmpty()).isTrue();
        assertThat(other.plan(orders(90)).problems())
                .isNotEmpty()
                .allSatisfy(
                        problem -> assertThat(problem.message()).contains("in another inventory: '" + namespace + "'"));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aNamespaceThatIsMissingIsTold() {
        Definition nowhere = Api.expose("orders").inNamespace(namespace + "-no").define();

        assertThat(mesh().plan(nowhere).problems())
                .extracting(Problem::code, Problem::path, Problem::hint)
                .containsExactly(tuple(
                        "cluster.missing",
                        "Namespace " + namespace + "-no",
                        "create the namespace '" + namespace + "-no', or leave its definitions out"));
    }

    @Test
    void rightsThatAreMissingAreToldBeforeAnythingIsWritten(Cluster cluster) {
        mesh().apply(mesh().plan(orders(90)));
        List<String> before = versions();
        try (KubernetesClient poor = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withOauthToken(cluster.token(namespace, "nobody"))
                        .build())
                .build()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(poor).inventory(namespace.name()));

            Plan plan = mesh.plan(orders(80));
            assertThat(plan.problems())
                    .extracting(Problem::code, Problem::path)
                    .contains(tuple("cluster.forbidden", "virtualservices"));
            assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);

            reader(api);
            Plan read = mesh.plan(orders(80));
            assertThat(read.problems())
                    .extracting(Problem::code, Problem::path)
                    .containsExactly(
                            tuple("cluster.forbidden", "VirtualService " + namespace + "/" + split()),
                            tuple("cluster.forbidden", "ConfigMap lintel-system/lintel." + namespace),
                            tuple("cluster.forbidden", "Lease lintel-system/lintel." + namespace));
            assertThat(read.problems().get(0).hint()).contains("patch", "virtualservices");
            assertThat(mesh.plan().problems())
                    .filteredOn(problem -> !problem.path().contains(" lintel-system/"))
                    .hasSameSizeAs(before)
                    .allSatisfy(problem -> assertThat(problem.hint()).contains("the verb delete for"));
        }
        assertThat(versions()).isEqualTo(before);
    }

    /** Lets the poor account of this test read what dialects write, and nothing else. */
    private void reader(ApiClient admin) {
        admin.apply("/apis/rbac.authorization.k8s.io/v1/clusterroles/reader-" + namespace, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "reader-%s"},
                 "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list"]}]}
                """.formatted(namespace));
        admin.apply("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/reader-" + namespace, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "reader-%s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "reader-%s"},
                 "subjects": [{"kind": "ServiceAccount", "name": "nobody", "namespace": "%s"}]}
                """.formatted(
                        namespace, namespace, namespace));
    }

    private String split() {
        return versions().stream()
                .filter(version -> version.startsWith("virtualservices/") && version.contains("split"))
                .map(version -> version.substring(version.indexOf('/') + 1, version.indexOf('@')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(versions().toString()));
    }

    private String weights(int first) {
        return """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "%s"},
                 "spec": {"http": [{"route": [
                  {"destination": {"host": "orders.%s.svc.cluster.local", "subset": "v1"}, "weight": %d},
                  {"destination": {"host": "orders.%s.svc.cluster.local", "subset": "v2"}, "weight": %d}]}]}}
                """.formatted(split(), namespace, first, namespace, 100 - first);
    }

    /** What is ours here: plural/name@version. */
    private List<String> versions() {
        List<String> found = new ArrayList<>();
        for (String path : List.of(
                "networking.istio.io/v1/namespaces/istio-system/gateways",
                "networking.istio.io/v1/%s/virtualservices",
                "networking.istio.io/v1/%s/destinationrules",
                "security.istio.io/v1/%s/requestauthentications",
                "security.istio.io/v1/%s/peerauthentications",
                "security.istio.io/v1/%s/authorizationpolicies",
                "networking.k8s.io/v1/%s/networkpolicies")) {
            String full = "/apis/" + path.formatted("namespaces/" + namespace)
                    + "?labelSelector=lintel.dev/inventory%3D" + namespace;
            try {
                JsonNode list = new ObjectMapper().readTree(api.ask("GET", full).body());
                for (JsonNode item : list.get("items")) {
                    JsonNode metadata = item.get("metadata");
                    found.add(path.substring(path.lastIndexOf('/') + 1) + "/"
                            + metadata.get("name").asText() + "@"
                            + metadata.get("resourceVersion").asText());
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }
}
