package dev.lintel.testbed;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A class of gateways is looked at as a real apiserver has it, with the status that its controller would write. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PreflightGatewayClassTest {
    private static final String CLASSES = "/apis/gateway.networking.k8s.io/v1/gatewayclasses/";

    @Test
    void itIsThereAcceptedAndSupportsWhatIsNeeded(Cluster cluster, ApiClient api, Namespace namespace)
            throws IOException {
        String name = "class-" + namespace;
        GatewayApiDialect dialect = gatewayApi().domain("example.com").gatewayClass(name);
        Definition orders = Api.expose("orders")
                .inNamespace(namespace.name())
                .timeout(Duration.ofSeconds(2))
                .define();
        try (KubernetesClient client = Clients.of(cluster)) {
            assertThat(problems(client, dialect, orders))
                    .singleElement()
                    .asString()
                    .startsWith("preflight.gateway-class Gateway ")
                    .contains("is of the class '" + name + "', which is not there: nobody serves it");

            api.apply(CLASSES + name, """
                    {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": "%s"},
                     "spec": {"controllerName": "lintel.example/controller"}}
                    """.formatted(name));
            assertThat(problems(client, dialect, orders))
                    .containsExactly("preflight.gateway-class GatewayClass " + name
                            + ": is not accepted by its controller 'lintel.example/controller'\n"
                            + "      see: kubectl describe gatewayclass " + name + "; is the controller running?");

            status(api, name, "\"Gateway\", \"HTTPRoute\"");
            assertThat(problems(client, dialect, orders))
                    .containsExactly("preflight.gateway-feature GatewayClass " + name
                            + ": does not support HTTPRouteRequestTimeout, which [orders." + namespace + "] need\n"
                            + "      say supportedFeatures(…) to the dialect as the class has them");

            status(api, name, "\"Gateway\", \"HTTPRoute\", \"HTTPRouteRequestTimeout\"");
            assertThat(problems(client, dialect, orders)).isEmpty();
        } finally {
            assertThat(api.ask("DELETE", CLASSES + name).status()).isIn(200, 404);
        }
    }

    private static List<String> problems(KubernetesClient client, GatewayApiDialect dialect, Definition orders) {
        return ClusterTarget.cluster(client)
                .preflight(Preflight.preflight())
                .check(dialect, List.of(orders))
                .problems()
                .stream()
                .filter(each -> each.code().startsWith("preflight.gateway-"))
                .map(Problem::render)
                .toList();
    }

    private static void status(ApiClient api, String name, String features) {
        String all = features.replaceAll("\"[A-Za-z]+\"", "{\"name\": $0}");
        api.send("PATCH", CLASSES + name + "/status", "application/merge-patch+json", """
                        {"status": {"supportedFeatures": [%s], "conditions": [{"type": "Accepted", "status": "True",
                         "reason": "Accepted", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                        """.formatted(all))
                .expected("PATCH status");
    }
}
