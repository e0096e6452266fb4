package dev.lintel.testbed.plane;

import static dev.lintel.traffic.rollout.Gate.errorRate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.metric.Question;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testkit.Prometheus;
import dev.lintel.traffic.rollout.Rollout;
import dev.lintel.traffic.rollout.RolloutOutcome;
import dev.lintel.traffic.rollout.RolloutState;
import dev.lintel.traffic.rollout.RunningRollout;
import dev.lintel.traffic.rollout.prometheus.PrometheusMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rollout moves real weights, by what a real Prometheus says that scrapes the gateway's Envoy. */
@RealMesh
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class RolloutInMeshTest {
    private static final String OF = "cluster_name=\"outbound|80|$version|$service.$namespace.svc.cluster.local\"";
    private static final String CALLS = "envoy_cluster_upstream_rq{" + OF + ",response_code_class=~\"...\"}";
    private static final String FAILED = "envoy_cluster_upstream_rq{" + OF + ",response_code_class=\"5xx\"}";

    private final Plane plane;
    private final Namespace namespace;
    private final InMesh mesh;

    RolloutInMeshTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
        this.mesh = new InMesh(plane, namespace);
    }

    @Test
    void aGoodVersionGetsEverything() throws IOException {
        assertThat(rolledOut("200 ".repeat(10))).hasToString("succeeded; weights are v1 0 %, v2 100 %");
        assertThat(weights()).isEqualTo(Map.of("v2", 100));
    }

    @Test
    void aBadVersionGetsNothingAgain() throws IOException {
        RolloutOutcome outcome = rolledOut("500 ".repeat(100_000));
        assertThat(outcome.state()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(outcome.why()).startsWith("error rate below 5 % was breached at 50 %: 100 % of ");
        assertThat(weights()).isEqualTo(Map.of("v1", 100));
    }

    private RolloutOutcome rolledOut(String script) throws IOException {
        ApiDefinition orders = Api.expose("orders")
                .inNamespace(namespace.name())
                .split("v1", 100, "v2", 0)
                .define();
        Call call = mesh.entering("orders", "/");
        try (Running one = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                Running two = plane.add(Workload.of(namespace.name(), "orders", "v2"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, "orders");
            mesh.apply(orders);
            plane.await("the definition", () -> plane.outside().send(call).status() == 200);
            two.play(script);
            Prober prober = new Prober(plane.outside(), call);
            RolloutOutcome outcome;
            try (prober;
                    Prometheus prometheus =
                            Prometheus.scraping(URI.create("http://" + plane.ingress() + ":15090/stats/prometheus"))) {
                RunningRollout rollout = Rollout.of(orders)
                        .to("v2")
                        .steps(50, 100)
                        .hold(Duration.ofSeconds(3))
                        .every(Duration.ofSeconds(1))
                        .gate(errorRate().below(0.05).atLeast(20))
                        .rollbackOnFailure()
                        .on(mesh.of(client), List.of(orders))
                        .metrics(PrometheusMetrics.at(prometheus.uri())
                                .query(
                                        Question.ERROR_RATE,
                                        "(sum(rate(" + FAILED + "[$window])) or vector(0)) / sum(rate(" + CALLS
                                                + "[$window]))",
                                        "sum(increase(" + CALLS + "[$window]))"))
                        .start();
                outcome = rollout.finished()
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.MINUTES)
                        .join();
            }
            assertThat(two.seen()).as("it has got its share").isGreaterThan(20);
            boolean good = outcome.state() == RolloutState.SUCCEEDED;
            plane.await(
                    "the weights at the gateway",
                    () -> plane.outside().send(call).status() == 200);
            Running left = good ? one : two;
            left.play("");
            for (int i = 0; i < 50; i++) {
                assertThat(plane.outside().send(call).status()).isEqualTo(200);
            }
            assertThat(left.seen()).as("it gets nothing").isZero();
            return outcome;
        }
    }

    /** As they stand in the cluster, those that are not zero; a single one need not be said. */
    private Map<String, Integer> weights() throws IOException {
        String path = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/virtualservices/orders-split";
        JsonNode routes = new ObjectMapper()
                .readTree(plane.cluster().client().ask("GET", path).body())
                .at("/spec/http/0/route");
        Map<String, Integer> weights = new TreeMap<>();
        for (JsonNode route : routes) {
            int weight = route.path("weight").asInt(routes.size() == 1 ? 100 : 0);
            if (weight > 0) {
                weights.put(route.at("/destination/subset").asText(), weight);
            }
        }
        return weights;
    }
}
