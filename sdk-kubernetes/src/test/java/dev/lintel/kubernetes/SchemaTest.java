package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that an apiserver puts where none is said, by the schema that it publishes. */
class SchemaTest {
    private static final Schema ROUTE = new Schema((Map<?, ?>) new Json().read("""
            {"properties": {"spec": {"properties": {
              "rules": {"items": {"properties": {
                "weight": {"default": 1},
                "path": {"properties": {"type": {"default": "PathPrefix"}, "value": {}}}}}},
              "ports": {"additionalProperties": {"properties": {"protocol": {"default": "TCP"}}}},
              "mode": {"default": {}, "properties": {"strict": {"default": true}}}}}}}
            """));

    @Test
    void valuesArePutIntoItemsOfListsAndMapsThatAreThere() {
        assertThat(ROUTE.defaulted(Map.of(
                        "rules", List.of(Map.of("path", Map.of("value", "/")), Map.of("weight", 9)),
                        "ports", Map.of("http", Map.of()))))
                .isEqualTo(Map.of(
                        "rules",
                        List.of(
                                Map.of("path", Map.of("value", "/", "type", "PathPrefix"), "weight", 1),
                                Map.of("weight", 9)),
                        "ports",
                        Map.of("http", Map.of("protocol", "TCP")),
                        "mode",
                        Map.of("strict", true)));
    }

    @Test
    void withoutASchemaNothingIsAdded() {
        Map<String, Object> spec = Map.of("rules", List.of(Map.of("weight", 9)));
        assertThat(Schema.UNKNOWN.defaulted(spec)).isEqualTo(spec);
    }

    @Test
    void whatHasNoDefaultIsNotCopied() {
        Map<String, Object> spec = Map.of("mode", Map.of("strict", false));
        assertThat(ROUTE.defaulted(Map.of("mode", Map.of(), "rules", List.of())))
                .isEqualTo(Map.of("mode", Map.of("strict", true), "rules", List.of()));
        assertThat(new Schema(Map.of("properties", Map.of("spec", Map.of("properties", Map.of("mode", Map.of())))))
                        .defaulted(spec))
                .isSameAs(spec);
    }
}
