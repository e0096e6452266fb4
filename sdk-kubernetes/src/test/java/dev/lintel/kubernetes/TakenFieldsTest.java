package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Going back gives fields that were taken over the values that they had, and leaves all others to their owners. */
class TakenFieldsTest {
    private static final Object HANDS = List.of(Map.of("by", "hand"));

    private static Manifest policy(Map<String, Object> spec) {
        return new Manifest("security.istio.io/v1", "AuthorizationPolicy", "shop", "orders", Map.of(), Map.of(), spec);
    }

    private static Map<String, Object> before(
            Map<String, Object> said, Map<String, Object> keeps, Map<String, Object> live, Map<String, Object> wanted) {
        return TakenFields.with(policy(said), policy(keeps), policy(live), policy(wanted))
                .spec();
    }

    @Test
    void whatOthersHadSaidWhereWeWriteSomethingElseIsKept() {
        Map<String, Object> said = Map.of("action", "ALLOW");
        Map<String, Object> live = Map.of("action", "ALLOW", "rules", HANDS);
        Map<String, Object> wanted = Map.of("action", "ALLOW", "rules", List.of());

        assertThat(before(said, said, live, wanted)).isEqualTo(live);
    }

    @Test
    void soItIsInsideOfOtherFields() {
        Map<String, Object> said = Map.of("tls", Map.of("mode", "SIMPLE"), "host", "a");
        Map<String, Object> live = Map.of("tls", Map.of("mode", "SIMPLE", "sni", "theirs"), "host", "a");
        Map<String, Object> wanted = Map.of("tls", Map.of("mode", "SIMPLE", "sni", "ours"), "host", "a");

        assertThat(before(said, said, live, wanted)).isEqualTo(live);
    }

    @Test
    void whatNobodyWritesAndWhatIsTheSameAndDefaultsAreLeftOut() {
        Map<String, Object> said = Map.of("action", "ALLOW");
        Map<String, Object> keeps = Map.of("action", "ALLOW", "port", 80);
        Map<String, Object> live = Map.of("action", "ALLOW", "port", 80, "theirs", "x", "same", "y", "rules", HANDS);
        Map<String, Object> wanted = Map.of("action", "DENY", "port", 81, "same", "y");

        assertThat(before(said, keeps, live, wanted)).isEqualTo(said);
    }
}
