package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an object says after our write, where others say something in it. */
class OthersFieldsTest {
    @Test
    void whatOthersSayStaysAndWhatWeNoLongerSayGoes() {
        Manifest said = rule(Map.of("host", "a", "trafficPolicy", Map.of("ours", 1)));
        Manifest inForce =
                rule(Map.of("host", "a", "trafficPolicy", Map.of("ours", 1, "theirs", 2), "exportTo", List.of("*")));
        Manifest wanted = rule(Map.of("host", "b"));

        assertThat(OthersFields.kept(state(said, inForce), List.of(wanted)))
                .containsExactly(
                        rule(Map.of("host", "b", "trafficPolicy", Map.of("theirs", 2), "exportTo", List.of("*"))));
    }

    @Test
    void whatWeSayCountsBesideWhatTheySay() {
        Manifest said = rule(Map.of("tls", Map.of("sni", "a")));
        Manifest inForce = rule(Map.of("tls", Map.of("sni", "a", "mode", "DISABLE")));
        Manifest wanted = rule(Map.of("tls", Map.of("sni", "b")));

        assertThat(OthersFields.kept(state(said, inForce), List.of(wanted)))
                .containsExactly(rule(Map.of("tls", Map.of("sni", "b", "mode", "DISABLE"))));
    }

    @Test
    void anObjectThatIsNewSaysWhatWeSay() {
        Manifest wanted = rule(Map.of("host", "b"));
        assertThat(OthersFields.kept(new State("", List.of(), List.of()), List.of(wanted)))
                .containsExactly(wanted);
    }

    private static State state(Manifest said, Manifest inForce) {
        return new State("", List.of(said), List.of(said), List.of(inForce), List.of());
    }

    private static Manifest rule(Map<String, Object> spec) {
        return new Manifest("networking.istio.io/v1", "DestinationRule", "shop", "orders", Map.of(), Map.of(), spec);
    }
}
