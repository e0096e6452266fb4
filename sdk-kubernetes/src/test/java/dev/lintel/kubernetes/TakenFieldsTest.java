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
    void soItIsInItemsThatHaveNames() {
        Map<String, Object> said =
                listeners(Map.of("name", "a", "port", 80), Map.of("name", "b", "hostname", "b.ours"));
        Map<String, Object> live = listeners(
                Map.of("name", "b", "hostname", "b.ours"),
                Map.of("name", "c", "hostname", "c.theirs", "port", 81),
                Map.of("name", "a", "port", 80, "hostname", "a.theirs", "theirs", "x"));
        Map<String, Object> wanted = listeners(
                Map.of("name", "a", "port", 80, "hostname", "a.ours"),
                Map.of("name", "b", "hostname", "b.new"),
                Map.of("name", "c", "hostname", "c.ours"),
                Map.of("name", "d", "hostname", "d.ours"));

        assertThat(before(said, said, live, wanted))
                .isEqualTo(listeners(
                        Map.of("name", "a", "port", 80, "hostname", "a.theirs"),
                        Map.of("name", "b", "hostname", "b.ours"),
                        Map.of("name", "c", "hostname", "c.theirs")));
    }

    @Test
    void aListWithoutNamesIsOneField() {
        Map<String, Object> ours = Map.of("rules", List.of(Map.of("by", "us")));
        Map<String, Object> wanted = Map.of("rules", List.of(Map.of("by", "us, again")));

        assertThat(before(ours, ours, ours, wanted)).isEqualTo(ours);
        assertThat(before(Map.of(), Map.of(), Map.of("rules", HANDS), wanted)).isEqualTo(Map.of("rules", HANDS));
    }

    private static Map<String, Object> listeners(Object... items) {
        return Map.of("listeners", List.of(items));
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
