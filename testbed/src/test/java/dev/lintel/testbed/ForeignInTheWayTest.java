package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.UnsettledException;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody puts objects and fields in the way of an apply that has already begun to write. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForeignInTheWayTest {
    private static final String WHY = "the test says so";

    private final Namespace namespace;
    private final ApiClient api;
    private final Shop shop;

    ForeignInTheWayTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
    }

    private Mesh mesh(KubernetesClient client) {
        return Mesh.of(
                istio().domain("example.com"),
                ClusterTarget.cluster(client).inventory(namespace.name()).waiting(Waits.none()));
    }

    private String path(String plural) {
        return "/apis/security.istio.io/v1/namespaces/" + namespace + "/" + plural;
    }

    private void make(String kind, String plural, String name, String spec) {
        api.send("POST", path(plural) + "?fieldManager=somebody", "application/json", """
                {"apiVersion": "security.istio.io/v1", "kind": "%s",
                 "metadata": {"name": "%s", "labels": {"team": "theirs"}}, "spec": {"selector": {"matchLabels": {"app": "%s"}}, %s}}
                """.formatted(
                                kind, name, name, spec))
                .expected("POST");
    }

    /** A client before whose first write of an object somebody does something: then the plan is made, and the lease held. */
    private KubernetesClient disturbed(Runnable disturbance) {
        AtomicBoolean done = new AtomicBoolean();
        return shop.watched(request -> {
            String uri = String.valueOf(request.uri());
            if (Shop.isWrite(request)
                    && !uri.contains("/leases")
                    && !uri.contains("/configmaps")
                    && done.compareAndSet(false, true)) {
                disturbance.run();
            }
        });
    }

    private void applied() {
        try (KubernetesClient client = shop.client()) {
            Mesh mesh = mesh(client);
            mesh.apply(mesh.plan(shop.before()));
        }
    }

    private static void tellsOfForeign(ProblemsException thrown, String id) {
        assertThat(thrown.problems())
                .filteredOn(problem -> problem.path().equals(id))
                .extracting(Problem::code)
                .containsExactly("cluster.foreign");
    }

    private ProblemsException refusal(Runnable disturbance) {
        try (KubernetesClient client = disturbed(disturbance)) {
            Mesh mesh = mesh(client);
            Plan plan = mesh.plan(shop.after()).allowWidening(WHY);
            return catchThrowableOfType(ProblemsException.class, () -> mesh.apply(plan));
        }
    }

    @Test
    void whatTookThePlaceOfAnObjectThatGoesIsNotDeleted() {
        applied();
        String stock = path("authorizationpolicies") + "/stock";

        ProblemsException thrown = refusal(() -> {
            api.ask("DELETE", stock).expected("DELETE");
            make("AuthorizationPolicy", "authorizationpolicies", "stock", "\"action\": \"DENY\", \"rules\": [{}]");
        });

        tellsOfForeign(thrown, "AuthorizationPolicy " + namespace + "/stock");
        assertThat(api.ask("GET", stock).body()).contains("theirs", "DENY");
    }

    @Test
    void whatTookThePlaceOfAnObjectThatChangesIsNotChanged() {
        applied();
        String orders = path("authorizationpolicies") + "/orders";

        ProblemsException thrown = refusal(() -> {
            api.ask("DELETE", orders).expected("DELETE");
            make("AuthorizationPolicy", "authorizationpolicies", "orders", "\"action\": \"DENY\", \"rules\": [{}]");
        });

        tellsOfForeign(thrown, "AuthorizationPolicy " + namespace + "/orders");
        assertThat(api.ask("GET", orders).body()).contains("theirs", "DENY").doesNotContain("lintel", "orders.write");
    }

    @Test
    void whatIsThereWhereANewObjectIsToBeIsGivenBackAndOutlivesTheWayBack() {
        applied();
        String cards = path("peerauthentications") + "/cards";

        ProblemsException thrown = refusal(() -> make(
                "PeerAuthentication",
                "peerauthentications",
                "cards",
                "\"portLevelMtls\": {\"9090\": {\"mode\": \"PERMISSIVE\"}}"));

        tellsOfForeign(thrown, "PeerAuthentication " + namespace + "/cards");
        assertThat(api.ask("GET", cards).body())
                .contains("theirs", "PERMISSIVE")
                .doesNotContain("lintel", "STRICT");
        try (KubernetesClient client = shop.client()) {
            mesh(client).lastUndo().orElseThrow().allowWidening(WHY).rollback();
        }
        assertThat(api.ask("GET", cards).body()).contains("theirs", "PERMISSIVE");
    }

    @Test
    void fieldsThatOthersSetAfterThePlanAreTold() {
        applied();
        String orders = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/destinationrules/orders";
        try (KubernetesClient client = disturbed(() -> api.send(
                        "PATCH",
                        orders + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"spec\": {\"exportTo\": [\".\"]}}")
                .expected("PATCH"))) {
            Mesh mesh = mesh(client);
            Plan plan = mesh.plan(shop.after()).allowWidening(WHY);

            UnsettledException thrown = catchThrowableOfType(UnsettledException.class, () -> mesh.apply(plan));

            assertThat(thrown.problems()).extracting(Problem::code).containsOnly("cluster.contested");
            assertThat(thrown.problems().get(0).message()).startsWith(".spec.exportTo was set by \"somebody\"");
        }
    }
}
