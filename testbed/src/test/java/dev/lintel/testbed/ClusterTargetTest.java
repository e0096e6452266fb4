package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
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

    ClusterTargetTest(Cluster cluster, ApiClient api, Namespace namespace) throws IOException {
        this.namespace = namespace;
        this.api = api;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(cluster.kubeconfig())))
                .build();
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
