package dev.lintel.mesh;

import static dev.lintel.mesh.Trees.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests as YAML: as a person would write them, and back. */
class ManifestYamlTest {
    private static Manifest manifest(Map<String, Object> spec) {
        return new Manifest("example/v1", "Thing", "shop", "one", Map.of("a", "b"), Map.of(), spec);
    }

    @Test
    void fields_keep_their_order_and_lists_stand_below_their_key() {
        Manifest one = manifest(map("zone", "z", "list", List.of(map("b", 1, "a", true), "text"), "empty", List.of()));

        assertThat(one.toYaml()).isEqualTo("""
                apiVersion: example/v1
                kind: Thing
                metadata:
                  name: one
                  namespace: shop
                  labels:
                    a: b
                spec:
                  zone: z
                  list:
                  - b: 1
                    a: true
                  - text
                """);
    }

    @Test
    void quotes_stand_only_where_a_text_would_be_something_else() {
        List<String> texts = List.of(
                "/orders/*",
                "/orders/{*}/invoice",
                "https://id.example/*",
                "cluster.local/ns/a/sa/b",
                "orders.read",
                "lintel=v1; Path=/; HttpOnly",
                "^/a/[^/]+/?$",
                "yes",
                "Null",
                "on",
                "1",
                "1.5",
                "1e3",
                "0x1F",
                "1_000",
                "12:30:45",
                "2026-01-01",
                "~",
                "*",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "'a",
                "\"a",
                "{a}",
                "[a]",
                "- a",
                "#a",
                "a #b",
                "a: b",
                "a:",
                " a",
                "a ",
                "",
                "é",
                "?a",
                "|a",
                ">a",
                "-",
                "=",
                "<<");
        Manifest one = manifest(map("texts", texts));

        String yaml = one.toYaml();

        assertThat(yaml.lines().filter(line -> line.startsWith("  - ")).limit(7))
                .noneMatch(line -> line.contains("\""));
        assertThat(yaml.lines().filter(line -> line.startsWith("  - ")).skip(7)).allMatch(line -> line.contains("\""));
        assertThat(ManifestYaml.read(yaml)).containsExactly(one);
    }

    @Test
    void objects_are_set_apart() {
        Manifest one = manifest(Map.of("a", 1));

        String yaml = ManifestYaml.write(List.of(one, one));

        assertThat(yaml).contains("\n---\napiVersion");
        assertThat(ManifestYaml.read(yaml)).containsExactly(one, one);
        assertThat(ManifestYaml.write(List.of())).isEmpty();
    }

    @Test
    void what_is_no_such_object_is_refused() {
        assertThatThrownBy(() -> ManifestYaml.read("kind: Thing\n"))
                .hasMessage("holds an object whose 'apiVersion' is missing or no text");
        assertThatThrownBy(() -> ManifestYaml.read("- a\n")).hasMessage("holds a document that is not an object");
        assertThatThrownBy(() -> ManifestYaml.read("a: 1\na: 2\n")).hasMessageStartingWith("is not YAML: ");
        assertThatThrownBy(() -> ManifestYaml.read(manifest(Map.of()).toYaml() + "status: {}\n"))
                .hasMessage("Thing shop/one has fields that are not known: [status][]");
        assertThatThrownBy(() -> ManifestYaml.read("a".repeat(ManifestYaml.LIMIT + 1)))
                .hasMessage("is longer than 4194304 characters");
    }

    @Test
    void a_bomb_of_aliases_is_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append((before + ",").repeat(8))
                    .append(before)
                    .append("]\n");
        }

        assertThatThrownBy(() -> ManifestYaml.read(bomb.toString())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_plain_data_goes_into_a_manifest() {
        assertThatThrownBy(() -> manifest(Map.of("a", List.of(new Object()))))
                .hasMessage(
                        "a manifest holds maps, lists, texts, numbers and booleans, but was given java.lang.Object");
    }
}
