package dev.lintel.testbed.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.admission.Admission;
import dev.lintel.mesh.admission.Refusal;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody else's entry for another name of a service takes the calls by that name: drift tells it, and guard rails refuse it. */
@RealMesh
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class TakenNameTest {
    private final Plane plane;
    private final Namespace shop;
    private final Namespace evil;
    private final Namespace third;

    TakenNameTest(Plane plane, Namespace shop, Namespace evil, Namespace third) {
        this.plane = plane;
        this.shop = shop;
        this.evil = evil;
        this.third = third;
    }

    @Test
    void anEntryThatTakesCallsIsToldAndRefused() {
        InMesh mesh = new InMesh(plane, shop);
        Definition orders = Api.expose("orders").inNamespace(shop.name()).define();
        Admission guard = Admission.of(List.of(orders)).appliedBy("somebody").nothingWidensOurs();
        try (Running ours = plane.add(Workload.of(shop.name(), "orders", "v1"));
                Running friend = plane.add(Workload.of(shop.name(), "friend", "v1"));
                Running thief = plane.add(Workload.of(evil.name(), "thief", "v2"));
                Running stranger = plane.add(Workload.of(third.name(), "stranger", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(shop, ours.workload().account());
            plane.service(shop, friend.workload().account());
            plane.service(evil, thief.workload().account());
            plane.service(third, stranger.workload().account());
            mesh.apply(orders);
            mesh.answers(Map.of("near", "v1", "far", "v1", "full", "v1"), () -> answers(friend, stranger));

            entry(thief, "*." + shop);
            assertThat(told(mesh.of(client), orders)).isEmpty();
            entry(thief, "orders." + shop);
            mesh.answers(Map.of("near", "v1", "far", "v2", "full", "v1"), () -> answers(friend, stranger));
            assertThat(told(mesh.of(client), orders))
                    .singleElement()
                    .asString()
                    .contains("ServiceEntry " + evil + "/taken", "has endpoints for 'orders." + shop + "'");
            assertThat(refused(guard, "orders." + shop)).containsExactly("admission.redirect");

            entry(thief, "orders");
            mesh.answers(Map.of("near", "v2", "far", "v1", "full", "v1"), () -> answers(friend, stranger));
            assertThat(told(mesh.of(client), orders))
                    .singleElement()
                    .asString()
                    .contains("ServiceEntry " + evil + "/taken", "has endpoints for 'orders'");
            assertThat(refused(guard, "orders")).containsExactly("admission.redirect");
        }
    }

    /** Who answers to the service's own namespace by the name alone, and to another one by both longer names. */
    private Map<String, String> answers(Running friend, Running stranger) {
        String full = "orders." + shop + ".svc.cluster.local";
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("near", Asked.answer(friend.caller().send(Call.get(full + ":80", "orders", "/orders/7"))));
        answers.put("far", Asked.answer(stranger.caller().send(Call.get(full + ":80", "orders." + shop, "/orders/7"))));
        answers.put("full", Asked.answer(stranger.caller().send(Call.get(full + ":80", full, "/orders/7"))));
        return answers;
    }

    private static List<String> told(Mesh mesh, Definition orders) {
        return mesh.diff(List.of(orders)).opened().stream()
                .map(Problem::message)
                .toList();
    }

    private List<String> refused(Admission guard, String host) {
        return guard
                .judge(Map.of(
                        "operation", "CREATE",
                        "namespace", evil.name(),
                        "kind", Map.of("group", "networking.istio.io", "kind", "ServiceEntry"),
                        "userInfo", Map.of("username", "mallory"),
                        "object", Map.of("spec", Map.of("hosts", List.of(host)))))
                .stream()
                .map(Refusal::code)
                .toList();
    }

    private void entry(Running thief, String host) {
        plane.cluster()
                .client()
                .apply("/apis/networking.istio.io/v1/namespaces/" + evil + "/serviceentries/taken", """
                        {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "taken"}, "spec": {
                         "hosts": ["%s"], "ports": [{"number": 80, "name": "http", "protocol": "HTTP", "targetPort": %d}],
                         "resolution": "STATIC", "endpoints": [{"address": "%s"}]}}
                        """.formatted(
                                host, Workload.PORT, thief.address()));
    }
}
