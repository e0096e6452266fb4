package dev.lintel.testbed.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.EgressDefinition;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Answer;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Proven;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What leaves through an egress gateway only: the gateway knows by certificates who calls, whatever somebody's sidecar was told. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EgressGatewayTest {
    private static final String ROUTES = "/apis/networking.istio.io/v1/namespaces/";
    private static final String POLICIES = "/apis/security.istio.io/v1/namespaces/";

    private final Plane plane;
    private final Namespace shop;
    private final Namespace alien;
    private final Namespace edge;
    private final InMesh mesh;

    EgressGatewayTest(Plane plane, Namespace shop, Namespace alien, Namespace edge) {
        this.plane = plane;
        this.shop = shop;
        this.alien = alien;
        this.edge = edge;
        this.mesh = new InMesh(plane, shop);
    }

    @Test
    void theGatewayLetsOutWhoIsListedAlsoWhereEverybodyIsLedToIt() {
        try (Origin api = plane.origin("far." + shop + ".example");
                Running out = plane.gateway(gateway());
                Running web = plane.add(Workload.of(shop.name(), "web", "v1"));
                Running bare = plane.add(Workload.of(shop.name(), "bare", "v1").bare());
                Running stranger = plane.add(Workload.of(alien.name(), "stranger", "v1"))) {
            serve(out);
            EgressDefinition listed = Api.egress(api.host())
                    .inNamespace(shop.name())
                    .throughGateway("out", edge.name())
                    .allowPrivateAddresses()
                    .define();
            Call call = Call.get(api.host() + ":443", api.host(), "/").secure(api.host(), api.authority());

            mesh.apply(listed);
            mesh.answers(
                    Map.of("web", 200, "stranger", 0),
                    () -> Map.of("web", status(web, call), "stranger", status(stranger, call)));
            assertThat(connections(out, api)).as("it leaves by the gateway").isPositive();
            assertThat(connections(web, api)).as("and not by the sidecar").isZero();
            // Past its sidecar, or without one: the gateway takes mutual TLS of the mesh alone.
            int before = api.seen();
            Call past = Call.get(out.address() + ":443", api.host(), "/").secure(api.host(), api.authority());
            assertThat(status(bare, past)).isZero();
            assertThat(api.seen()).isEqualTo(before);

            // Somebody shows the way to everybody.
            String name = "egress-" + api.host();
            show("destinationrules/lintel.egress.out");
            show("virtualservices/" + name);
            show("serviceentries/" + name);
            plane.await("the way of the stranger", () -> {
                var unusedStatus = status(stranger, call);
                return attempts(stranger) > 0;
            });
            // Until its sidecar knew all three, it may have gone by itself.
            int led = api.seen();
            assertThat(status(stranger, call)).isZero();
            assertThat(status(web, call)).isEqualTo(200);
            assertThat(api.seen()).as("none of the stranger's").isEqualTo(led + 1);

            // What refused it is this policy: without it, it would be let out.
            succeeded(plane.cluster().client().ask("DELETE", POLICIES + edge + "/authorizationpolicies/" + name));
            plane.await("the stranger without the policy", () -> status(stranger, call) == 200);
            assertThatThrownBy(() -> mesh.apply(listed))
                    .as("a plan tells what somebody has shown")
                    .hasMessageContaining("cluster.conflict ServiceEntry " + edge + "/" + name)
                    .hasMessageContaining(".spec.exportTo");
            Proven.say(
                    EgressGatewayTest.class,
                    "Egress/v1 through a gateway",
                    Proven.Where.MESH,
                    List.of(web, bare, stranger).size(),
                    List.of());
        }
    }

    private Workload gateway() {
        return new Workload("out-v1", edge.name(), "out", Map.of("istio", "out", "app", "out"), "", true);
    }

    private void serve(Running out) {
        plane.cluster()
                .client()
                .apply(
                        "/api/v1/namespaces/" + edge + "/services/"
                                + out.workload().account(),
                        """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "out"}, "spec": {"selector": {"istio": "out"},
                 "ports": [{"name": "https", "port": 443, "targetPort": 443}]}}
                """);
    }

    /** To all namespaces. */
    private void show(String object) {
        String path = ROUTES + edge + "/" + object;
        succeeded(plane.cluster()
                .client()
                .send("PATCH", path, "application/merge-patch+json", "{\"spec\": {\"exportTo\": [\"*\"]}}"));
    }

    private static void succeeded(Answer answer) {
        assertThat(answer.succeeded()).as(answer.body()).isTrue();
    }

    private static int status(Running from, Call call) {
        return from.caller().send(call).status();
    }

    private static long connections(Running from, Origin to) {
        return counted(from, "outbound|443||" + to.host());
    }

    /** How often it has connected to the gateway. */
    private long attempts(Running from) {
        return from.proxy("/stats?filter=upstream_cx_total")
                .lines()
                .filter(line -> line.startsWith("cluster.outbound|443|")
                        && line.contains("|out." + edge + ".svc.cluster.local;.upstream_cx_total: "))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long counted(Running from, String cluster) {
        String stat = "cluster." + cluster + ";.upstream_cx_total: ";
        return from.proxy("/stats?filter=upstream_cx_total")
                .lines()
                .filter(line -> line.startsWith(stat))
                .mapToLong(line -> Long.parseLong(line.substring(stat.length())))
                .sum();
    }
}
