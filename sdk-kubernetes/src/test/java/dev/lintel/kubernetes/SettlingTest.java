package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Proxies are given time where one of them could be ahead of another, and somebody could be called. */
class SettlingTest {
    private static final List<Manifest> OBJECT = ManifestYaml.readAny("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders, namespace: shop}
            spec: {}
            """, "default");
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?limit=500";
    private static final String SERVED = "{\"items\": [{\"endpoints\": [{\"conditions\": {\"ready\": true}}]}]}";
    private static final String UNREADY = "{\"items\": [{\"endpoints\": [{\"conditions\": {\"ready\": false}}]}]}";

    private final List<String> told = new ArrayList<>();

    @Test
    void betweenWhatClosesWhatLeadsAndWhatOpens() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(SERVED))) {
            walk(api, Waits.usual(), "prepare", "unfence", "close", "close", "lead", "lead", "open", "fence", "clear");

            assertThat(told)
                    .containsExactly(
                            "giving proxies 2.0 s to take it over, before lead",
                            "giving proxies 2.0 s to take it over, before open");
            assertThat(api.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
            assertThat(api.asked).containsExactly("GET " + SLICES);
        }
    }

    /** No proxy is told how to connect to the new one while it still knows the old one, which has no endpoint here. */
    @Test
    void afterWhatIsWithdrawn() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(UNREADY))) {
            walk(api, Waits.usual(), "withdraw", "prepare", "close", "clear");

            assertThat(told)
                    .containsExactly(
                            "giving proxies 2.0 s to take it over, before prepare",
                            "giving proxies 2.0 s to take it over, before clear");
        }
    }

    @Test
    void whoBuildsOnNothingWaitsForNothing() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(SERVED))) {
            walk(api, Waits.usual(), "lead", "lead");
            walk(api, Waits.usual(), "open");
            walk(api, Waits.usual().settling(Duration.ZERO), "close", "lead");

            assertThat(api.asked).isEmpty();
            assertThat(api.pauses).isEmpty();
        }
    }

    @Test
    void whereNobodyServesNobodyCanBeCalled() throws IOException {
        for (String slices : List.of(UNREADY, "{\"items\": []}")) {
            try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(slices))) {
                walk(api, Waits.usual(), "close", "lead");
                assertThat(api.pauses).isEmpty();
            }
        }
    }

    @Test
    void whatMayNotBeReadIsTakenForServed() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.of(403, "{}"))) {
            walk(api, Waits.usual().settling(Duration.ofSeconds(7)), "close", "lead");
            assertThat(api.pauses).containsExactly(Duration.ofSeconds(7));
        }
    }

    @Test
    void whereIstiodCannotBeAskedProxiesAreGivenTimeAndThatIsTold() throws IOException {
        try (FakeApiserver api =
                new FakeApiserver(call -> call.startsWith("GET /debug") ? Answer.of(401, "") : Answer.ok(SERVED))) {
            URI istiod = URI.create(api.client.getConfiguration().getMasterUrl());
            walk(api, Waits.usual().asking(istiod), "close", "lead");

            String untold = "istiod cannot be asked what proxies have, and they are given time instead: GET " + istiod
                    + "debug/syncz is answered 401";
            assertThat(told).containsExactly(untold, "giving proxies 2.0 s to take it over, before lead", untold);
            assertThat(api.authorized).containsExactly("GET " + SLICES);
        }
    }

    @Test
    void whereIstiodTellsNoTimeIsGiven() throws IOException {
        AtomicInteger pushes = new AtomicInteger();
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(
                call.equals("GET /debug/syncz")
                        ? "[{\"proxy\": \"orders.shop\", \"proxy_type\": \"sidecar\"}]"
                        : call.equals("GET /metrics")
                                ? metrics(pushes.addAndGet(2))
                                : call.equals("GET /debug/mesh") ? "{}" : "[]"))) {
            URI istiod = URI.create(api.client.getConfiguration().getMasterUrl());
            walk(api, Waits.usual().asking(istiod), "close", "lead", "open");

            assertThat(told)
                    .containsExactly(
                            "1 proxy has acknowledged it after 0.0 s, before lead",
                            "1 proxy has acknowledged it after 0.0 s, before open");
            assertThat(api.pauses).isEmpty();
        }
    }

    @Test
    void anIstiodWithoutProxiesIsNotTheOneToAsk() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(call.startsWith("GET /debug") ? "[]" : SERVED))) {
            walk(
                    api,
                    Waits.usual()
                            .asking(URI.create(api.client.getConfiguration().getMasterUrl())),
                    "close",
                    "lead");

            assertThat(told)
                    .contains(
                            "istiod cannot be asked what proxies have, and they are given time instead: no proxy is connected to it");
            assertThat(api.pauses).containsExactly(Duration.ofSeconds(2));
        }
    }

    @Test
    void onlyAddressesOfHttpAreAsked() {
        for (String bad : List.of("https://istiod.istio-system:15014", "http:15014", "http://me@127.0.0.1:15014")) {
            assertThatThrownBy(() -> Waits.usual().asking(URI.create(bad)))
                    .hasMessageStartingWith(
                            "an istiod is asked by http at a host, as http://127.0.0.1:15014, and not at ");
        }
        assertThatThrownBy(() -> Waits.none().asking(URI.create("http://127.0.0.1:15014")))
                .hasMessage("asking istiod needs time: say Waits.upTo(…) first");
    }

    @Test
    void settlingTakesFromNothingToADay() {
        assertThatThrownBy(() -> Waits.usual().settling(Duration.ofDays(2)))
                .hasMessage("settling takes from nothing to PT24H, not PT48H");
        assertThatThrownBy(() -> Waits.none().settling(Duration.ofSeconds(1)))
                .hasMessage("settling needs time: say Waits.upTo(…) first");
        assertThat(Waits.upTo(Duration.ofMinutes(1))
                        .settling(Duration.ofSeconds(9))
                        .probing(Optional::empty)
                        .settling())
                .isEqualTo(Duration.ofSeconds(9));
    }

    private static String metrics(int pushes) {
        return "pilot_inbound_updates{type=\"config\"} 5\npilot_debounce_time_count " + pushes + "\n";
    }

    private void walk(FakeApiserver api, Waits waits, String... whys) {
        List<Step> steps = new ArrayList<>();
        for (String why : whys) {
            steps.add(new Step(Doing.APPLY, why, OBJECT));
        }
        Settling settling = new Settling(
                waits, steps, api.transport(), new Json(), new Progress(told::add, steps.size()), api.time(), open -> {
                    List<Open> unusedFirst = open.get();
                    assertThat(open.get()).isEmpty();
                });
        steps.forEach(settling::before);
    }
}
