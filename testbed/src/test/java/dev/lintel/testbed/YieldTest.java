package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fields that another manager owns, left to it or taken from it: the plan says which, and whose. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class YieldTest {
    private final Namespace namespace;
    private final ApiClient api;
    private final KubernetesClient client;

    YieldTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.client = Clients.of(cluster);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private Mesh mesh(Conflicts choice) {
        return Mesh.of(
                istio().domain("example.com"),
                ClusterTarget.cluster(client).inventory(namespace.name()).onConflict(choice));
    }

    private Definition orders(int weight, String scope) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders." + scope))
                .split("v1", weight, "v2", 100 - weight)
                .define();
    }

    @Test
    void aSplitIsLeftToWhoeverRollsOutAndTheRestIsApplied() {
        Mesh mesh = mesh(Conflicts.YIELD);
        mesh.apply(mesh.plan(orders(90, "read")));
        String split = owned(50, "&force=true");

        Plan plan = mesh.plan(orders(80, "write"));

        assertThat(plan.problems()).isEmpty();
        assertThat(yields(plan))
                .containsExactly(split.replaceAll(".*/", "VirtualService " + namespace + "/")
                        + ": .spec.http is left to \"rollouts\": what it says stays in force");
        assertThat(plan.effects().toString()).doesNotContain("80").contains("orders.write");
        assertThat(plan.changes().stream().filter(change -> !(change instanceof Change.Keep)))
                .singleElement()
                .asString()
                .contains("AuthorizationPolicy");
        mesh.apply(plan.allowWidening("a test"));
        assertThat(api.ask("GET", split).body()).contains("\"weight\":50").doesNotContain("\"weight\":80");
        Plan again = mesh.plan(orders(80, "write"));
        assertThat(again.isEmpty()).isTrue();
        assertThat(yields(again)).hasSize(1);
    }

    @Test
    void aFieldOfTwoIsGivenUpByUsAndStaysAsItIs() {
        Mesh mesh = mesh(Conflicts.YIELD);
        mesh.apply(mesh.plan(orders(90, "read")));
        String split = owned(90, "");

        Plan plan = mesh.plan(orders(80, "read"));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.effects()).isEmpty();
        assertThat(plan.changes().stream().filter(Change.Update.class::isInstance))
                .hasSize(1);
        mesh.apply(plan);
        assertThat(api.ask("GET", split).body()).contains("\"weight\":90");
        assertThat(mesh.plan(orders(80, "read")).isEmpty()).isTrue();
        api.send("PATCH", split + "?fieldManager=rollouts", "application/apply-patch+yaml", weights(split, 30))
                .expected("PATCH");
        assertThat(api.ask("GET", split).body()).contains("\"weight\":30");
    }

    @Test
    void whatDecidesWhoMayCallIsNotLeftToAnybody() {
        Mesh mesh = mesh(Conflicts.YIELD);
        mesh.apply(mesh.plan(orders(90, "read")));
        String policy = "/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies/orders";
        api.send(
                        "PATCH",
                        policy + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"spec\": {\"rules\": [{}]}}")
                .expected("PATCH");

        Plan plan = mesh.plan(orders(90, "read"));

        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cluster.conflict");
            assertThat(problem.path()).isEqualTo("AuthorizationPolicy " + namespace + "/orders");
            assertThat(problem.hint())
                    .isEqualTo(
                            "they are not left to others, because they decide who may call; let the other manager give"
                                    + " them up, or choose Conflicts.TAKE_OVER");
        });
        assertThat(yields(plan)).isEmpty();
    }

    @Test
    void whoeverTakesOverIsToldFromWhomEachTime() {
        Mesh mesh = mesh(Conflicts.TAKE_OVER);
        mesh.apply(mesh.plan(orders(90, "read")));
        for (int time = 0; time < 2; time++) {
            String split = owned(50, "&force=true");
            Plan plan = mesh.plan(orders(90, "read"));
            assertThat(plan.warnings().stream().filter(problem -> problem.code().equals("cluster.taken")))
                    .singleElement()
                    .extracting(Problem::message)
                    .isEqualTo(".spec.http is taken from \"rollouts\"");
            mesh.apply(plan);
            assertThat(api.ask("GET", split).body()).contains("\"weight\":90");
        }
    }

    private static List<String> yields(Plan plan) {
        return plan.warnings().stream()
                .filter(problem -> problem.code().equals("cluster.yielded"))
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    /** Somebody who rolls out owns the weights from now on. Answers the path of the object in which they are. */
    private String owned(int first, String force) {
        String split = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/virtualservices/" + name();
        String own = first == 90 ? spec(split) : weights(split, first);
        api.send("PATCH", split + "?fieldManager=rollouts" + force, "application/apply-patch+yaml", own)
                .expected("PATCH");
        return split;
    }

    private String name() {
        return client
                .genericKubernetesResources("networking.istio.io/v1", "VirtualService")
                .inNamespace(namespace.name())
                .list()
                .getItems()
                .stream()
                .map(item -> item.getMetadata().getName())
                .filter(name -> name.contains("split"))
                .findFirst()
                .orElseThrow();
    }

    /** The routes as they are. */
    private String spec(String split) {
        Object http = client.genericKubernetesResources("networking.istio.io/v1", "VirtualService")
                .inNamespace(namespace.name())
                .withName(name())
                .get()
                .get("spec", "http");
        return object(split, Serialization.asJson(http));
    }

    private String weights(String split, int first) {
        return object(split, """
                [{"route": [
                  {"destination": {"host": "orders.%s.svc.cluster.local", "subset": "v1"}, "weight": %d},
                  {"destination": {"host": "orders.%s.svc.cluster.local", "subset": "v2"}, "weight": %d}]}]
                """.formatted(namespace, first, namespace, 100 - first));
    }

    private static String object(String split, String http) {
        return """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "%s"},
                 "spec": {"http": %s}}
                """.formatted(split.replaceAll(".*/", ""), http);
    }
}
