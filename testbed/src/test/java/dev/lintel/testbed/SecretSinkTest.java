package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.KubernetesSecretSink;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets of clients on a real apiserver. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class SecretSinkTest {
    /** Nobody can have written it anywhere else. */
    private final String canary = "canary-" + UUID.randomUUID();

    private final Namespace namespace;
    private final ApiClient api;
    private final KubernetesClient client;
    private final SecretPlace place;

    SecretSinkTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.client = Clients.of(cluster);
        this.place = new SecretPlace(namespace.name(), "checkout-oauth");
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private String path() {
        return "/api/v1/namespaces/" + namespace + "/secrets/" + place.name();
    }

    private JsonNode there() throws IOException {
        return new ObjectMapper()
                .readTree(api.ask("GET", path()).expected("GET").body());
    }

    private Map<String, Secret> values(String secret) {
        Map<String, Secret> values = new LinkedHashMap<>();
        values.put("client_id", Secret.of("checkout"));
        values.put("client_secret", Secret.of(secret));
        return values;
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private void assertSilent(Throwable e) {
        StringWriter stack = new StringWriter();
        e.printStackTrace(new PrintWriter(stack));
        assertThat(stack.toString()).doesNotContain(canary).doesNotContain(encoded(canary));
    }

    @Test
    void valuesAreASecretOfOursAndNotesAreReadAgain() throws Exception {
        KubernetesSecretSink sink = KubernetesSecretSink.in(client);
        assertThat(sink.notes(place)).isEmpty();

        sink.put(place, values(canary), Map.of("phase", "moving", "generation", "1"));

        JsonNode secret = there();
        assertThat(secret.get("type").asText()).isEqualTo("Opaque");
        assertThat(secret.at("/data/client_secret").asText()).isEqualTo(encoded(canary));
        assertThat(secret.at("/data/client_id").asText()).isEqualTo(encoded("checkout"));
        assertThat(secret.at("/metadata/labels/app.kubernetes.io~1managed-by").asText())
                .isEqualTo("lintel");
        assertThat(secret.at("/metadata/managedFields/0/manager").asText()).isEqualTo("lintel");
        assertThat(sink.notes(place)).contains(Map.of("phase", "moving", "generation", "1"));

        sink.note(place, Map.of("phase", "stable"));

        assertThat(sink.notes(place)).contains(Map.of("phase", "stable"));
        assertThat(there().get("data")).isEqualTo(secret.get("data"));
        sink.put(place, Map.of("client_id", Secret.of("checkout-2")), Map.of());
        assertThat(there().get("data").size()).isOne();
        sink.remove(place);
        sink.remove(place);
        assertThat(api.ask("GET", path()).status()).isEqualTo(404);
        assertThat(sink.toString()).doesNotContain(canary);
    }

    @Test
    void aSecretOfSomebodyElseIsLeftAlone() throws Exception {
        api.apply(path(), """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "checkout-oauth"}, "data": {"client_id": "YQ=="}}""");
        KubernetesSecretSink sink = KubernetesSecretSink.in(client);
        String message = "the secret " + place + " is there already and not ours: it does not carry"
                + " 'app.kubernetes.io/managed-by: lintel'; put ours elsewhere, or rename that one";

        assertThatThrownBy(() -> sink.notes(place)).hasMessage(message);
        assertThatThrownBy(() -> sink.put(place, values(canary), Map.of()))
                .hasMessage(message)
                .satisfies(this::assertSilent);
        assertThatThrownBy(() -> sink.note(place, Map.of())).hasMessage(message);
        assertThatThrownBy(() -> sink.remove(place)).hasMessage(message);
        assertThat(there().at("/data/client_id").asText()).isEqualTo("YQ==");
    }

    @Test
    void aValueThatAnotherManagerHasTakenIsAConflictThatNamesIt() throws Exception {
        KubernetesSecretSink sink = KubernetesSecretSink.in(client);
        sink.put(place, values(canary), Map.of("phase", "stable"));
        api.apply(path(), """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "checkout-oauth"},
                 "data": {"client_secret": "dGhlaXJz"}}""");

        assertThatThrownBy(() -> sink.put(place, values(canary + "-2"), Map.of("phase", "moving")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("conflict with \"testbed\"")
                .hasMessageContaining(".data.client_secret")
                .hasMessageEndingWith("; another manager has written it: let that one give up our fields, then go on")
                .satisfies(this::assertSilent);
        assertThat(there().at("/data/client_secret").asText()).isEqualTo("dGhlaXJz");
        sink.note(place, Map.of("phase", "ending"));
        assertThat(there().at("/data/client_secret").asText()).isEqualTo("dGhlaXJz");
    }

    @Test
    void anImmutableSecretIsToldAndItsNotesMayChange() throws Exception {
        KubernetesSecretSink sink = KubernetesSecretSink.in(client);
        sink.put(place, values(canary), Map.of("phase", "stable"));
        api.apply(path(), """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "checkout-oauth"}, "immutable": true}""");

        assertThatThrownBy(() -> sink.put(place, values(canary + "-2"), Map.of("phase", "moving")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("immutable")
                .hasMessageEndingWith("; mend that")
                .satisfies(this::assertSilent);
        sink.note(place, Map.of("phase", "ending"));
        assertThat(sink.notes(place)).contains(Map.of("phase", "ending"));
        assertThat(there().at("/data/client_secret").asText()).isEqualTo(encoded(canary));
    }

    @Test
    void anAccountWithoutRightsIsToldWhichItLacks(Cluster cluster) throws Exception {
        try (KubernetesClient poor = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withOauthToken(cluster.token(namespace, "sealer"))
                        .build())
                .build()) {
            KubernetesSecretSink sink = KubernetesSecretSink.in(poor);

            assertThatThrownBy(() -> sink.notes(place))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the secret " + place + " cannot be read (403: ")
                    .hasMessageEndingWith("give the account of this client the verb get for secrets in " + namespace);
            allow("get");
            once(cluster, () -> assertThat(sink.notes(place)).isEmpty());
            assertThatThrownBy(() -> sink.put(place, values(canary), Map.of()))
                    .hasMessageContaining("cannot be written (403: ")
                    .hasMessageEndingWith(
                            "give the account of this client the verb create and patch for secrets in " + namespace)
                    .satisfies(this::assertSilent);
            allow("get\", \"create\", \"patch");
            once(cluster, () -> sink.put(place, values(canary), Map.of()));
            assertThatThrownBy(() -> sink.remove(place)).hasMessageContaining("the verb delete for secrets in");
            allow("get\", \"create\", \"patch\", \"delete");
            once(cluster, () -> sink.remove(place));
        }
        assertThat(api.ask("GET", path()).status()).isEqualTo(404);
    }

    /** The apiserver learns of rights a moment after they were written. */
    private static void once(Cluster cluster, ThrowingCallable allowed) {
        Waiting.until("the rights", cluster.istiod(), () -> {
            Throwable refused = catchThrowable(allowed);
            if (refused instanceof StoreException) {
                return false;
            }
            assertThat(refused).isNull();
            return true;
        });
    }

    @Test
    void aNamespaceThatIsMissingIsTold() {
        SecretPlace nowhere = new SecretPlace(namespace.name() + "-gone", "checkout-oauth");

        assertThatThrownBy(() -> KubernetesSecretSink.in(client).put(nowhere, values(canary), Map.of()))
                .hasMessageContaining("cannot be written (404: ")
                .hasMessageEndingWith("; make the namespace " + namespace + "-gone")
                .satisfies(this::assertSilent);
    }

    @Test
    void noPlanOfTheClusterKnowsOfIt() throws Exception {
        KubernetesSecretSink.in(client).put(place, values(canary), Map.of("phase", "stable"));
        Mesh mesh = Mesh.of(
                istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
        var orders = Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                .define();

        Plan plan = mesh.plan(orders);
        mesh.apply(plan);
        Plan gone = mesh.plan();
        mesh.apply(gone);

        assertThat(gone.changes()).hasOnlyElementsOfType(Change.Delete.class);
        assertThat(plan.toString() + gone)
                .doesNotContain(canary)
                .doesNotContain(encoded(canary))
                .doesNotContain("checkout-oauth");
        assertThat(api.ask("GET", "/api/v1/configmaps").expected("GET").body())
                .doesNotContain(canary)
                .doesNotContain(encoded(canary));
        assertThat(there().at("/data/client_secret").asText()).isEqualTo(encoded(canary));
    }

    private void allow(String verbs) {
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
        api.apply(rbac + "/roles/sealer", """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "sealer"},
                 "rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["%s"]}]}""".formatted(verbs));
        api.apply(rbac + "/rolebindings/sealer", """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "sealer"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "sealer"},
                 "subjects": [{"kind": "ServiceAccount", "name": "sealer", "namespace": "%s"}]}""".formatted(namespace));
    }
}
