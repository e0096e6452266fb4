package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Hand;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to objects of ours on a real apiserver after they were applied. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DriftTest {
    private final Namespace namespace;
    private final Cluster cluster;
    private final ApiClient api;
    private final KubernetesClient client;
    private final Mesh mesh;

    DriftTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.cluster = cluster;
        this.api = api;
        this.client = Clients.of(cluster);
        this.mesh = Mesh.of(
                istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
        Plan plan = mesh.plan(orders(90));
        mesh.apply(plan);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private Definition orders(int weight) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example")
                        .audience("orders")
                        .scope("/orders/**", "orders.read")
                        .scope("/debug", "admin"))
                .split("v1", weight, "v2", 100 - weight)
                .define();
    }

    @Test
    void whatWasAppliedHasNotDriftedThoughTheServerAddsDefaults() {
        Drift drift = mesh.diff(orders(90));

        assertThat(drift.isDrifted()).as(drift.render()).isFalse();
        assertThat(drift.render()).endsWith("nothing has drifted\n");
        assertThat(drift.warnings()).isEmpty();
    }

    @Test
    void aPolicyThatIsOpenedByHandIsToldWithWhatItDoesAndWhoDidIt() {
        patch(
                "authorizationpolicy",
                "orders",
                "{\"spec\": {\"rules\": [{\"to\": [{\"operation\": {\"paths\": [\"/debug\", \"/debug/\"]}}]}]}}");

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects())
                .extracting(Drifted::object, Drifted::way)
                .containsExactly(tuple("AuthorizationPolicy " + namespace + "/orders", Drifted.Way.CHANGED));
        Drifted opened = drift.objects().get(0);
        assertThat(opened.hands())
                .extracting(Hand::manager, Hand::fields)
                .containsExactly(tuple("kubectl-patch", List.of("spec.rules")));
        assertThat(opened.hands().get(0).at()).isNotNull();
        assertThat(opened.diff()).contains("+  - to:");
        assertThat(drift.widens()).isTrue();
        assertThat(drift.effects())
                .filteredOn(Effect::widens)
                .extracting(Effect::text)
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("orders." + namespace + ": newly public: /debug (was: scope admin)"));
        assertThat(drift.render())
                .contains("~ AuthorizationPolicy " + namespace + "/orders", "by kubectl-patch at 20", ": spec.rules");
    }

    @Test
    void whatIsDeletedByHandIsMissing() {
        cluster.kubectl(List.of("delete", "-n", namespace.name(), "authorizationpolicy", "orders"));

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects())
                .extracting(Drifted::object, Drifted::way, Drifted::note)
                .containsExactly(tuple("AuthorizationPolicy " + namespace + "/orders", Drifted.Way.MISSING, ""));
        assertThat(drift.widens()).isTrue();
        assertThat(drift.render()).contains("- AuthorizationPolicy " + namespace + "/orders, which is missing");
    }

    @Test
    void labelsAndAnnotationsOfOthersAreNoDrift() {
        for (String kind : List.of("authorizationpolicy", "requestauthentication")) {
            cluster.kubectl(List.of("label", "-n", namespace.name(), kind, "orders", "team=shop"));
            cluster.kubectl(List.of("annotate", "-n", namespace.name(), kind, "orders", "seen=yes"));
        }

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.isDrifted()).as(drift.render()).isFalse();
        assertThat(drift.effects()).isEmpty();
    }

    @Test
    void aFieldOfOthersThatMeansSomethingIsDrift() {
        patch("requestauthentication", "orders", "{\"metadata\": {\"annotations\": {\"seen\": \"yes\"}}}");
        patch("destinationrule", "orders", "{\"spec\": {\"trafficPolicy\": {\"tls\": {\"mode\": \"DISABLE\"}}}}");

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects())
                .as(drift.render())
                .extracting(Drifted::object, Drifted::way)
                .containsExactly(tuple("DestinationRule " + namespace + "/orders", Drifted.Way.CHANGED));
        assertThat(drift.objects().get(0).hands()).extracting(Hand::manager).containsExactly("kubectl-patch");
    }

    @Test
    void whatCarriesOurLabelsAndNobodyDefinesIsDrift() {
        api.apply(path("authorizationpolicies", "all"), """
                {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy",
                 "metadata": {"name": "all", "labels": {"app.kubernetes.io/managed-by": "lintel", "lintel.dev/inventory": "%s"}},
                 "spec": {"rules": [{}]}}
                """.formatted(namespace));

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects())
                .extracting(Drifted::object, Drifted::way)
                .containsExactly(tuple("AuthorizationPolicy " + namespace + "/all", Drifted.Way.UNDEFINED));
        assertThat(drift.objects().get(0).hands()).extracting(Hand::manager).containsExactly("testbed");
        assertThat(drift.effects()).anyMatch(Effect::widens);
    }

    @Test
    void whatLosesOurLabelIsMissingAndSaysWhereItIs() {
        cluster.kubectl(List.of(
                "label",
                "-n",
                namespace.name(),
                "authorizationpolicy",
                "orders",
                "--overwrite",
                "lintel.dev/inventory=elsewhere"));

        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects()).hasSize(1);
        Drifted lost = drift.objects().get(0);
        assertThat(lost.way()).isEqualTo(Drifted.Way.MISSING);
        assertThat(lost.note()).isEqualTo("it is there already, in another inventory: 'elsewhere'");
        assertThat(lost.hands())
                .extracting(Hand::manager, Hand::fields)
                .containsExactly(tuple("kubectl-label", List.of("metadata.labels.lintel.dev/inventory")));
    }

    @Test
    void definitionsThatHaveChangedSinceAreDriftByOurOwnHand() {
        Drift drift = mesh.diff(orders(80));

        assertThat(drift.objects()).hasSize(1);
        assertThat(drift.objects().get(0).diff()).contains("-      weight: 80", "+      weight: 90");
        assertThat(drift.objects().get(0).hands()).extracting(Hand::manager).containsExactly("lintel");
    }

    @Test
    void aPolicyOfOthersThatOpensWhatOursClosesIsToldByPlansAndIsDrift() {
        api.apply(path("authorizationpolicies", "theirs"), """
                {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "theirs"},
                 "spec": {"action": "ALLOW", "rules": [{}]}}
                """);
        api.apply(path("peerauthentications", "theirs"), """
                {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": {"name": "theirs"},
                 "spec": {"selector": {"matchLabels": {"app": "other"}}, "mtls": {"mode": "PERMISSIVE"}}}
                """);

        Plan plan = mesh.plan(orders(90));
        Drift drift = mesh.diff(orders(90));

        assertThat(drift.objects()).isEmpty();
        assertThat(drift.opened())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.path()).isEqualTo("AuthorizationPolicy " + namespace + "/theirs"))
                .extracting(Problem::code)
                .containsOnly("cluster.reopened");
        assertThat(drift.isDrifted()).isTrue();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).containsAll(drift.opened());
        assertThat(drift.render()).contains("opened by others:", "cluster.reopened");
    }

    private void patch(String kind, String name, String document) {
        List<String> arguments = new ArrayList<>(List.of("patch", "-n", namespace.name(), kind, name));
        arguments.addAll(List.of("--type=merge", "-p", document));
        cluster.kubectl(arguments);
    }

    private String path(String plural, String name) {
        String group = List.of("virtualservices", "destinationrules").contains(plural) ? "networking" : "security";
        return "/apis/" + group + ".istio.io/v1/namespaces/" + namespace + "/" + plural + "/" + name;
    }
}
