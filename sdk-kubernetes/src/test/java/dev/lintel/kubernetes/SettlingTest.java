package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.kubernetes.FakeApiserver.Answer;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proxies are given time where one of them could be ahead of another, and somebody could be called. */
class SettlingTest {
    private static final List<Manifest> OBJECT = ManifestYaml.readAny("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders, namespace: shop}
            spec: {}
            """, "default");
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
            assertThat(api.asked)
                    .containsExactly("GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?limit=500");
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

    private void walk(FakeApiserver api, Waits waits, String... whys) {
        List<Step> steps = new ArrayList<>();
        for (String why : whys) {
            steps.add(new Step(Doing.APPLY, why, OBJECT));
        }
        Settling settling = new Settling(
                waits,
                steps,
                api.transport(),
                new Json(),
                new Progress(told::add, steps.size()),
                api.time(),
                open -> {});
        steps.forEach(settling::before);
    }
}
