package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way back on a real apiserver: to the byte, from this process or another, and never over what others did since. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ClusterUndoTest {
    private static final String WHY = "the test says so";

    private final Shop shop;
    private final KubernetesClient client;

    ClusterUndoTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
        this.client = shop.client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private ClusterTarget target() {
        return ClusterTarget.cluster(client).inventory(shop.namespace().name());
    }

    private Mesh mesh() {
        return Mesh.of(istio().domain("example.com"), target().by("the first"));
    }

    private Applied changed() {
        mesh().apply(mesh().plan(shop.before()));
        return mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));
    }

    private JsonNode journal() {
        return shop.read("/api/v1/namespaces/lintel-system/configmaps/lintel." + shop.namespace());
    }

    @Test
    void everythingIsAsItWasToTheByte() {
        mesh().apply(mesh().plan(shop.before()));
        Map<String, String> before = shop.owned();
        Applied applied = mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));
        assertThat(shop.owned()).isNotEqualTo(before);
        assertThat(journal().path("data").path("state").asText()).isEqualTo("applied");

        Plan told = applied.undo().plan();
        assertThat(told.problems()).isEmpty();
        assertThat(told.effects()).isNotEmpty();
        assertThat(told.toString()).contains("orders.read");
        applied.undo().allowWidening(WHY).rollback();

        assertThat(shop.owned()).isEqualTo(before);
        assertThat(journal().path("data").path("state").asText()).isEqualTo("rolled-back");
        assertThat(journal().path("binaryData").isEmpty()).isTrue();
        assertThat(applied.rollback().isEmpty()).isTrue();
        assertThat(mesh().lastUndo()).isEmpty();
        assertThat(mesh().plan(shop.before()).isEmpty()).isTrue();
    }

    @Test
    void anotherProcessGoesBackToo() {
        mesh().apply(mesh().plan(shop.before()));
        Map<String, String> before = shop.owned();
        mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));

        Mesh other = Mesh.of(istio().domain("example.com"), target().by("the second"));
        Undo undo = other.lastUndo().orElseThrow();
        assertThat(undo.plan().warnings())
                .filteredOn(warning -> warning.code().equals("cluster.undoes"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("before the apply by 'the first "));
        undo.allowWidening(WHY).rollback();

        assertThat(shop.owned()).isEqualTo(before);
        assertThat(other.lastUndo()).isEmpty();
    }

    @Test
    void whatWasClosedIsOpenedForAReasonOnly() {
        Applied applied = changed();
        Map<String, String> there = shop.owned();

        assertThat(applied.undo().plan().widens()).isTrue();
        assertThatThrownBy(applied::rollback)
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("rollback.widens");
        assertThat(shop.owned()).isEqualTo(there);
    }

    @Test
    void whatSomebodyChangedSinceIsNotOverwritten() {
        Applied applied = changed();
        String policy = "/apis/security.istio.io/v1/namespaces/" + shop.namespace() + "/authorizationpolicies/orders";
        shop.api()
                .send(
                        "PATCH",
                        policy + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"spec\": {\"rules\": [{}]}}")
                .expected("PATCH");
        Map<String, String> there = shop.owned();

        assertThatThrownBy(() -> applied.undo().allowWidening(WHY).rollback())
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("rollback.moved AuthorizationPolicy " + shop.namespace() + "/orders");
        assertThat(shop.owned()).isEqualTo(there);
    }

    /** Only its owner would say it again, and without rules a policy refuses everybody. */
    @Test
    void whatWasTakenOverHasTheValueThatItHad() {
        mesh().apply(mesh().plan(shop.before()));
        String policy = "/apis/security.istio.io/v1/namespaces/" + shop.namespace() + "/authorizationpolicies/orders";
        shop.api()
                .send(
                        "PATCH",
                        policy + "?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"spec\": {\"rules\": [{\"to\": [{\"operation\": {\"paths\": [\"/debug\"]}}]}]}}")
                .expected("PATCH");
        JsonNode byHand = shop.read(policy).path("spec");
        Mesh taking = Mesh.of(istio().domain("example.com"), target().onConflict(Conflicts.TAKE_OVER));

        Applied applied = taking.apply(taking.plan(shop.before()).allowWidening(WHY));
        assertThat(shop.read(policy).path("spec")).isNotEqualTo(byHand);
        Undo undo = applied.undo().allowWidening(WHY);
        assertThat(undo.plan().warnings()).extracting(Problem::code).contains("cluster.shared");
        undo.rollback();

        assertThat(shop.read(policy).path("spec")).isEqualTo(byHand);
        assertThat(applied.rollback().isEmpty()).isTrue();
    }

    @Test
    void aLaterApplyIsNotUndoneByAnEarlierOne() {
        Applied first = mesh().apply(mesh().plan(shop.before()));
        mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));
        Map<String, String> there = shop.owned();

        assertThatThrownBy(() -> first.undo().allowWidening(WHY).rollback())
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("rollback.moved")
                .hasMessageContaining("tells of a later apply by 'the first ");
        assertThat(shop.owned()).isEqualTo(there);
    }

    @Test
    void theFirstApplyLeavesNothing() {
        mesh().apply(mesh().plan(shop.before())).rollback();

        assertThat(shop.owned()).isEmpty();
    }

    @Test
    void aSecondApplyThatChangesNothingWritesNothing() {
        mesh().apply(mesh().plan(shop.before()));
        String journal = journal().path("metadata").path("resourceVersion").asText();

        assertThat(mesh().apply(mesh().plan(shop.before())).rollback().isEmpty())
                .isTrue();

        assertThat(journal().path("metadata").path("resourceVersion").asText())
                .isEqualTo(journal)
                .isNotEmpty();
    }

    @Test
    void theJournalHoldsWhatWeHadSaidAndNothingOfOthers() throws IOException {
        mesh().apply(mesh().plan(shop.before()));
        shop.api()
                .send(
                        "PATCH",
                        "/apis/security.istio.io/v1/namespaces/" + shop.namespace()
                                + "/authorizationpolicies/orders?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"metadata\": {\"annotations\": {\"password\": \"canary-4711\"}}}")
                .expected("PATCH");
        mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));

        JsonNode journal = journal();
        assertThat(journal.toString()).doesNotContain("canary-4711");
        assertThat(journal.path("metadata")
                        .path("labels")
                        .path("app.kubernetes.io/managed-by")
                        .isMissingNode())
                .isTrue();
        byte[] packed = journal.path("binaryData").path("before").binaryValue();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("orders.read", "AuthorizationPolicy")
                    .doesNotContain("orders.write", "canary-4711");
        }
    }

    @Test
    void whoMayNotKeepAJournalIsToldSoBeforeAnythingIsWritten() {
        mesh().apply(mesh().plan(shop.before()));
        Map<String, String> there = shop.owned();
        rights();
        try (KubernetesClient poor = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withOauthToken(shop.cluster().token(shop.namespace(), "nobody"))
                        .build())
                .build()) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(poor).inventory(shop.namespace().name()));
            Plan plan = mesh.plan(shop.after()).allowWidening(WHY);

            assertThat(plan.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("cluster.forbidden");
                assertThat(problem.path()).isEqualTo("ConfigMap lintel-system/lintel." + shop.namespace());
                assertThat(problem.hint()).contains("get, create and patch for configmaps in lintel-system");
            });
            assertThat(plan.warnings()).extracting(Problem::code).contains("cluster.forbidden");
            assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);
        }
        assertThat(shop.owned()).isEqualTo(there);
    }

    @Test
    void aJournalThatIsNoneOfOursIsNotWrittenOver() {
        shop.api()
                .apply(
                        "/api/v1/namespaces/" + shop.namespace() + "/configmaps/lintel." + shop.namespace(),
                        """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "lintel.%s"}, "data": {"theirs": "1"}}
                """.formatted(shop.namespace()));
        Mesh mesh = Mesh.of(
                istio().domain("example.com"),
                target().journalIn(shop.namespace().name()));

        Plan plan = mesh.plan(shop.before());

        assertThat(plan.problems())
                .extracting(Problem::code, Problem::path)
                .containsExactly(
                        tuple("cluster.journal", "ConfigMap " + shop.namespace() + "/lintel." + shop.namespace()));
        assertThat(plan.problems().get(0).message()).contains("it does not carry the label 'lintel.dev/journal'");
        assertThat(plan.warnings()).extracting(Problem::code).doesNotContain("cluster.journal");
        assertThat(mesh.plan().warnings()).extracting(Problem::code).contains("cluster.journal");
        assertThatThrownBy(mesh::lastUndo).isInstanceOf(ProblemsException.class);
        assertThat(shop.owned()).isEmpty();
    }

    @Test
    void theNamespaceOfTheJournalIsMadeWhereItIsMissing() {
        String elsewhere = shop.namespace() + "-journal";
        Mesh mesh = Mesh.of(istio().domain("example.com"), target().journalIn(elsewhere));

        mesh.apply(mesh.plan(shop.before())).rollback();

        assertThat(shop.read("/api/v1/namespaces/" + elsewhere + "/configmaps/lintel." + shop.namespace())
                        .path("data")
                        .path("state")
                        .asText())
                .isEqualTo("rolled-back");
        assertThat(shop.owned()).isEmpty();
    }

    @Test
    void whatOthersHadSetInADeletedObjectIsToldNotToComeBack() {
        mesh().apply(mesh().plan(shop.before()));
        shop.api()
                .send(
                        "PATCH",
                        "/apis/security.istio.io/v1/namespaces/" + shop.namespace()
                                + "/authorizationpolicies/stock?fieldManager=somebody",
                        "application/merge-patch+json",
                        "{\"metadata\": {\"annotations\": {\"team\": \"shop\"}}}")
                .expected("PATCH");
        Applied applied = mesh().apply(mesh().plan(shop.after()).allowWidening(WHY));

        Plan undone = applied.undo().allowWidening(WHY).rollback();

        assertThat(undone.warnings())
                .filteredOn(warning -> warning.code().equals("cluster.shared"))
                .extracting(Problem::path)
                .containsExactly("AuthorizationPolicy " + shop.namespace() + "/stock");
        assertThat(shop.owned().get("authorizationpolicies/stock")).isNotNull().doesNotContain("team");
    }

    /** Everything but ConfigMaps, for an account of this namespace. */
    private void rights() {
        String name = "no-journal-" + shop.namespace();
        shop.api().apply("/apis/rbac.authorization.k8s.io/v1/clusterroles/" + name, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "%s"},
                 "rules": [{"apiGroups": ["networking.istio.io", "security.istio.io", "networking.k8s.io",
                   "gateway.networking.k8s.io", "gateway.kyma-project.io", "gateway.envoyproxy.io", "coordination.k8s.io",
                   "extensions.istio.io", "discovery.k8s.io"],
                   "resources": ["*"], "verbs": ["*"]},
                  {"apiGroups": [""], "resources": ["services", "pods"], "verbs": ["get", "list"]}]}
                """.formatted(name));
        shop.api().apply("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/" + name, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "%s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "%s"},
                 "subjects": [{"kind": "ServiceAccount", "name": "nobody", "namespace": "%s"}]}
                """.formatted(
                        name, name, shop.namespace()));
    }
}
