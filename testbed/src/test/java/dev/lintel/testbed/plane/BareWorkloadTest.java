package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.kubernetes.preflight.Preflight.preflight;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where no sidecar stands in front of a workload nothing is enforced, and a plan says so. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BareWorkloadTest {
    private final Plane plane;
    private final Namespace namespace;

    BareWorkloadTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void aPlanNamesTheWorkloadAtWhichPoliciesAreNotEnforced() {
        try (Running inside = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                Running bare =
                        plane.add(Workload.of(namespace.name(), "orders", "v2").bare());
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, inside.workload().account());
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(client).inventory(namespace.name()).preflight(preflight()));

            var plan = mesh.plan(Api.expose("orders")
                    .inNamespace(namespace.name())
                    .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                    .define());

            assertThat(plan.problems())
                    .filteredOn(problem -> problem.code().equals("preflight.no-sidecar"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .isEqualTo("has Pods without a sidecar, about which policies are written: "
                                    + bare.workload().name() + " take whatever is sent to them"));
        }
    }
}
