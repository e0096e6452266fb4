package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the fixture promises: nobody's stand-in answers. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ClusterTest {
    private static final String JSON = "application/json";

    @Test
    void theApiserverChecksRequestsByTheDefinitions(ApiClient api, Namespace namespace) {
        Answer answer = api.send("POST", services(namespace), JSON, service(namespace, "\"resolution\": \"STICT\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("spec.resolution", "STICT");
    }

    @Test
    void istiodRefusesWhatTheDefinitionsTake(ApiClient api, Namespace namespace) {
        Answer answer = api.send(
                "POST", "/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies", JSON, """
                {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "p"},
                 "spec": {"action": "ALLOW", "provider": {"name": "p"}, "rules": [{}]}}
                """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("admission webhook \\\"validation.istio.io\\\" denied", "non CUSTOM action");
    }

    @Test
    void definitionsOfAllThreeDialectsAreThere(Cluster cluster) {
        assertThat(cluster.kubectl(List.of("get", "crd", "-o", "name")))
                .contains(
                        "virtualservices.networking.istio.io",
                        "authorizationpolicies.security.istio.io",
                        "httproutes.gateway.networking.k8s.io",
                        "apirules.gateway.kyma-project.io");
    }

    @Test
    void aNamespaceThatIsDeletedEnds(Cluster cluster, Namespace namespace) {
        cluster.kubectl(List.of("delete", "namespace", namespace.name(), "--wait", "--timeout=300s"));
        assertThat(cluster.client()
                        .ask("GET", "/api/v1/namespaces/" + namespace)
                        .status())
                .isEqualTo(404);
    }

    private static String services(Namespace namespace) {
        return "/apis/networking.istio.io/v1/namespaces/" + namespace + "/serviceentries";
    }

    private static String service(Namespace namespace, String field) {
        return "{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"ServiceEntry\", \"metadata\": {\"name\": \"s\","
                + " \"namespace\": \"" + namespace + "\"}, \"spec\": {\"hosts\": [\"a.example\"], " + field + "}}";
    }
}
