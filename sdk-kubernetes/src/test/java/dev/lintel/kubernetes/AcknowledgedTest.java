package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What istiod says of its proxies, and what of it counts. */
class AcknowledgedTest {
    private static final String LISTENER = "type.googleapis.com/envoy.config.listener.v3.Listener";

    private final Map<String, String> proxies = new TreeMap<>();
    private String version = "10";
    private int pushes = 3;
    private int updates = 5;
    private int status = 200;
    private String policies = "shop";
    private String metrics = """
            pilot_inbound_updates{type="config"} %d
            pilot_inbound_updates{type="eds"} 70
            pilot_debounce_time_count %d
            """;
    private final List<Duration> looks = new ArrayList<>();
    private final Pauses timer = new Pauses() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> pause(Duration time) {
            looks.add(time);
            return new CompletableFuture<>();
        }
    };

    @Test
    void proxiesHaveItWhenIstiodKnowsItHasSentItAndAllHaveTakenIt() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);

            assertThat(acknowledged.open())
                    .extracting(Open::seen)
                    .containsExactly("has not read AuthorizationPolicy shop/orders as it was written");
            version = "11";
            assertThat(acknowledged.open()).extracting(Open::seen).containsExactly("gathers what has changed");
            wait(api, 500);
            assertThat(acknowledged.open())
                    .extracting(Open::what, Open::seen)
                    .containsExactly(tuple("proxy orders-v1.shop", "has not been sent its new Listener"));
            sidecar("orders-v1.shop", "b", "a", "");
            assertThat(acknowledged.open()).extracting(Open::seen).containsExactly("has not taken its Listener yet");
            sidecar("orders-v1.shop", "b", "b", "");
            assertThat(acknowledged.open()).isEmpty();
        }
    }

    @Test
    void whereOthersChangeAllTheTimeTwoPushesAreEnough() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            version = "11";
            sidecar("orders-v1.shop", "b", "b", "");
            for (int i = 0; i < 2; i++) {
                assertThat(acknowledged.open()).extracting(Open::seen).containsExactly("gathers what has changed");
                wait(api, 300);
                updates++;
                pushes++;
            }
            assertThat(acknowledged.open()).isEmpty();
        }
    }

    @Test
    void whatAProxyRefusesIsToldInItsWords() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            version = "11";
            sidecar("orders-v1.shop", "b", "a", "no such cipher");
            List<Open> unused = acknowledged.open();
            wait(api, 500);
            assertThat(acknowledged.open())
                    .extracting(Open::seen)
                    .containsExactly("refuses its Listener: no such cipher");
        }
    }

    @Test
    void aProxyThatIsCutOffIsWaitedForAndOneThatHasEndedIsNot() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            version = "11";
            sidecar("orders-v1.shop", "b", "b", "");
            proxies.remove("far.other");
            List<Open> unused = acknowledged.open();
            wait(api, 500);
            assertThat(acknowledged.open()).extracting(Open::seen).containsExactly("is not connected any more");
            wait(api, 15_000);
            assertThat(acknowledged.open()).isEmpty();
        }
    }

    @Test
    void anIstiodThatEndsMeanwhileHasNotSaidThatAllIsWell() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            version = "11";
            sidecar("orders-v1.shop", "b", "b", "");
            List<Open> unused = acknowledged.open();
            wait(api, 500);
            status = 503;
            assertThat(acknowledged.open()).extracting(Open::what).containsExactly("istiod");
            status = 200;
            pushes = 0;
            assertThat(acknowledged.open()).extracting(Open::seen).containsExactly("gathers what has changed");
            wait(api, 500);
            assertThat(acknowledged.open()).isEmpty();
        }
    }

    @Test
    void gatewaysHaveThePoliciesOfTheirNamespaceAndAllProxiesThoseOfTheRoot() throws IOException {
        Map<String, List<String>> concerned = new TreeMap<>();
        concerned.put("shop", List.of("proxy orders-v1.shop"));
        concerned.put("istio-system", List.of("proxy entry.istio-system"));
        concerned.put("mesh", List.of("proxy entry.istio-system", "proxy far.other", "proxy orders-v1.shop"));
        version = "11";
        for (Map.Entry<String, List<String>> each : concerned.entrySet()) {
            try (FakeApiserver api = new FakeApiserver(this::answer)) {
                proxy("entry.istio-system", "router", "a", "a", "");
                proxy("through.mesh", "waypoint", "a", "a", "");
                Acknowledged acknowledged = begun(api);
                acknowledged.begin();
                policies = each.getKey();
                acknowledged.written(List.of(policy()));
                List<Open> unused = acknowledged.open();
                wait(api, 500);
                assertThat(acknowledged.open()).extracting(Open::what).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void whoHasLeftHasNotAcknowledgedAnything() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            version = "11";
            proxies.clear();
            List<Open> unused = acknowledged.open();
            wait(api, 500);
            assertThat(acknowledged.open()).hasSize(2);
            wait(api, 15_000);
            assertThat(acknowledged.open()).isEmpty();
            assertThat(acknowledged.proxies()).isZero();
            assertThat(acknowledged.left()).containsExactly("far.other", "orders-v1.shop");
        }
    }

    @Test
    void metricsWithoutNumbersProveNothing() throws IOException {
        for (String bad : List.of(
                "",
                "pilot_inbound_updates{type=\"config\"} 3\n",
                "pilot_inbound_updates{type=\"config\"} many\npilot_debounce_time_count 3\n")) {
            try (FakeApiserver api = new FakeApiserver(this::answer)) {
                String good = metrics;
                Acknowledged acknowledged = begun(api);
                version = "11";
                sidecar("orders-v1.shop", "b", "b", "");
                metrics = bad;
                List<Open> unused = acknowledged.open();
                wait(api, 500);
                assertThat(acknowledged.open())
                        .extracting(Open::seen)
                        .singleElement()
                        .asString()
                        .startsWith("cannot be asked: what ")
                        .containsAnyOf(
                                "/metrics answers has no pilot_inbound_updates",
                                "/metrics answers has no pilot_debounce_time_count",
                                "/metrics answers has no number at pilot_inbound_updates");
                assertThatThrownBy(acknowledged::begin).isInstanceOf(IOException.class);
                metrics = good;
            }
        }
    }

    @Test
    void aLookTakesNoLongerThanIsLeft() throws IOException {
        try (FakeApiserver api = new FakeApiserver(this::answer)) {
            Acknowledged acknowledged = begun(api);
            List<Open> unused = acknowledged.open();
            wait(api, 25_000);
            unused = acknowledged.open();
            wait(api, 5_000);
            unused = acknowledged.open();

            assertThat(looks)
                    .containsExactly(
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(1));
        }
    }

    /** Proxies as they were, and a policy written. */
    private Acknowledged begun(FakeApiserver api) throws IOException {
        sidecar("orders-v1.shop", "a", "a", "");
        sidecar("far.other", "a", "a", "");
        Acknowledged acknowledged = new Acknowledged(
                new Istiods(List.of(URI.create(api.client.getConfiguration().getMasterUrl())), new Json(), timer),
                api.time(),
                Duration.ofSeconds(30));
        acknowledged.begin();
        acknowledged.written(List.of(policy()));
        return acknowledged;
    }

    private static void wait(FakeApiserver api, long millis) {
        api.time().pause(Duration.ofMillis(millis)).join();
    }

    private LiveObject policy() {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("metadata", Map.of("name", "orders", "namespace", policies, "resourceVersion", "11"));
        whole.put("spec", Map.of());
        return new LiveObject(
                new ObjectKind("security.istio.io/v1", "AuthorizationPolicy", "authorizationpolicies"), whole);
    }

    private void sidecar(String name, String sent, String acked, String error) {
        proxy(name, "sidecar", sent, acked, error);
    }

    private void proxy(String name, String type, String sent, String acked, String error) {
        proxies.put(name, """
                {"proxy": "%s", "proxy_type": "%s", "resources": {"%s": {"sent": "%s", "acked": "%s", "lastError": "%s"}}}
                """.formatted(name, type, LISTENER, sent, acked, error));
    }

    private Answer answer(String call) {
        return switch (call) {
            case "GET /debug/syncz" -> new Answer(status, "[" + String.join(",", proxies.values()) + "]", Map.of());
            case "GET /debug/configz" -> new Answer(status, """
                    [{"kind": "AuthorizationPolicy", "metadata":
                      {"name": "orders", "namespace": "%s", "resourceVersion": "%s"}}]
                    """.formatted(policies, version), Map.of());
            case "GET /debug/mesh" -> new Answer(status, "{\"rootNamespace\": \"mesh\"}", Map.of());
            case "GET /metrics" -> new Answer(status, metrics.formatted(updates, pushes), Map.of());
            default -> Answer.of(404, call);
        };
    }
}
