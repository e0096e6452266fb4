package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** While definitions change, requests go on through real Envoys, and none is answered otherwise than before or after. */
@RealMesh
@Isolated("it takes all that the machine has")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChangeUnderLoadTest {
    private final Plane plane;
    private final Namespace namespace;

    ChangeUnderLoadTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void whatIsNewIsNeverOpenBeforeItsPolicyIsInForce() {
        try (AuthorizationServer issuer = AuthorizationServer.start()) {
            List<Definition> all = new ArrayList<>();
            for (String name : List.of("orders", "stock", "cards")) {
                try (Running behind = plane.add(Workload.of(namespace.name(), name, "v1"))) {
                    plane.service(namespace, behind.workload().account());
                    all.add(Api.expose(name)
                            .inNamespace(namespace.name())
                            .withOAuth2(access(issuer))
                            .define());
                    Call without = call(name);
                    Prober prober = new Prober(plane.outside(), without);
                    try (prober) {
                        apply(all);
                        plane.await("the policy of " + name, () -> status(without) == 403);
                    }
                    assertThat(prober.seen()).as(name).doesNotContainKey(200).containsKey(403);
                }
            }
        }
    }

    @Test
    void weightsVersionsAndRulesChangeAndNobodyIsAnsweredWrongly() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running one = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                Running two = plane.add(Workload.of(namespace.name(), "orders", "v2"))) {
            plane.service(namespace, "orders");
            assertThat(one.address()).isNotEqualTo(two.address());
            Call without = call("orders");
            Call with = without.with("authorization", "Bearer " + issuer.issue("alice", "orders", "orders.read"));
            apply(List.of(orders(access(issuer), 100, 0)));
            plane.await("the definition", () -> status(with) == 200 && status(without) == 403);

            Prober refused = new Prober(plane.outside(), without);
            Prober served = new Prober(plane.outside(), with);
            try (refused;
                    served) {
                apply(List.of(orders(access(issuer), 50, 50)));
                apply(List.of(orders(access(issuer).scope("/orders/refunds/**", "orders.admin"), 0, 100)));
                apply(List.of(orders(access(issuer).publicPaths("/health"), 30, 70)));
                plane.await("the last change", () -> status(call("orders", "/health")) == 200);
            }

            assertThat(refused.seen()).containsOnlyKeys(403);
            assertThat(served.seen()).containsOnlyKeys(200);
        }
    }

    private static OAuth2 access(AuthorizationServer issuer) {
        return oauth2(issuer.issuer().toString()).audience("orders").scope("/orders/**", "orders.read");
    }

    private ApiDefinition orders(OAuth2 access, int first, int second) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(access)
                .split("v1", first, "v2", second)
                .define();
    }

    private Call call(String api) {
        return call(api, "/orders/7");
    }

    private Call call(String api, String path) {
        return Call.get(plane.ingress() + ":80", api + "." + namespace + ".example.com", path);
    }

    private int status(Call call) {
        return plane.outside().send(call).status();
    }

    private void apply(List<Definition> definitions) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
            mesh.apply(mesh.plan(definitions).allowWidening("the test says so"));
        }
    }
}
