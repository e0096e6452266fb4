package dev.lintel.mesh;

import static dev.lintel.mesh.Trees.map;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    @Test
    void whatOtherReadersTakeForSomethingElseIsQuoted() {
        List<String> traps = List.of(
                "off",
                "Off",
                "OFF",
                "yes",
                "NO",
                "n",
                "Y",
                "TRUE",
                "~",
                "null",
                "NULL",
                "0777",
                "0o17",
                "0b101",
                "0x_1f",
                "1e3",
                "1E+3",
                "12e03",
                "1.",
                ".5",
                "+1",
                "-1",
                ".inf",
                "-.INF",
                ".NaN",
                "190:20:30",
                "1_000",
                "1,000",
                "2026-11-27",
                "2026-11-27t10:00:00z",
                "2026-11-27 10:00:00",
                "007",
                "0",
                "=",
                "<<");
        List<String> plain =
                List.of("v1", "1abc", "10s", "office", "no-store", "0.1.2-beta", "a,b", "e3", "x-1e3", "30m");
        Manifest one = manifest(map("traps", traps, "plain", plain, "keys", map("on", "a", "1", "b", "x", "c")));

        List<String> lines = one.toYaml().lines().toList();

        traps.forEach(trap -> assertThat(lines).contains("  - \"" + trap + "\""));
        plain.forEach(text -> assertThat(lines).contains("  - " + text));
        assertThat(lines).contains("    \"on\": a", "    \"1\": b", "    x: c");
        assertThat(ManifestYaml.read(one.toYaml())).containsExactly(one);
    }

    @Test
    void textsOfSeveralLinesAreBlocks() {
        Manifest one = manifest(map("script", "a: 1\n  b\n\n# c\n", "last", "no\nline feed"));

        assertThat(one.toYaml()).endsWith("""
                spec:
                  script: |
                    a: 1
                      b

                    # c
                  last: |-
                    no
                    line feed
                """);
        assertThat(ManifestYaml.read(one.toYaml())).containsExactly(one);
    }

    @Test
    void everyTextComesBackAsItWas() {
        Random random = new Random(7);
        String letters = "ab1 :#-?*&!|>'\"%@`{}[],\n\t\r\\~=<\u00e9\u2028\ud83d\ude00\u0007\u0085";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            int[] points = letters.codePoints().toArray();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            Manifest one = manifest(map("text", text.toString(), "list", List.of(text.toString())));
            assertThat(ManifestYaml.read(one.toYaml())).as("'%s'", text).containsExactly(one);
        }
    }

    @Test
    void linesOfDefinitionsStandAboveAndAreNoPartOfTheObject() {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read("""
                                kind: Api/v1
                                service: orders
                                namespace: shop
                                policies:
                                  - kind: traffic.split/v1
                                    shares:
                                      - version: v1
                                        weight: 90
                                      - version: v2
                                        weight: 10
                                  - kind: auth.oauth2/v1
                                    issuers:
                                      - issuer: https://id.example
                                    audiences:
                                      - orders
                                """, "orders.yaml"), istio().world())
                .model();
        List<Manifest> manifests = istio().write(model).manifests();

        String yaml = ManifestYaml.writeWithLines(manifests, model);

        assertThat(yaml.lines().filter(line -> line.startsWith("# ") || line.startsWith("kind: ")))
                .containsExactly(
                        "# orders.yaml:13",
                        "kind: PeerAuthentication",
                        "# orders.yaml:13",
                        "kind: RequestAuthentication",
                        "# orders.yaml:13",
                        "kind: AuthorizationPolicy",
                        "# orders.yaml:5",
                        "kind: DestinationRule",
                        "# orders.yaml:1",
                        "kind: VirtualService",
                        "# orders.yaml:1",
                        "kind: VirtualService",
                        "# orders.yaml:1",
                        "kind: VirtualService",
                        "# orders.yaml:1",
                        "kind: Gateway");
        assertThat(ManifestYaml.read(yaml)).isEqualTo(manifests);
        assertThat(ManifestYaml.writeWithLines(manifests, MeshModel.EMPTY)).isEqualTo(ManifestYaml.write(manifests));
    }

    /** What belongs to a namespace or to a host outside has a line as well. */
    @Test
    void everyObjectHasTheLineOfSomeDefinition() {
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll("""
                                kind: Api/v1
                                service: orders
                                namespace: shop
                                ---
                                kind: Egress/v1
                                host: api.psp.example
                                namespace: shop
                                gateway: istio-egressgateway.istio-system
                                ---
                                kind: Egress/v1
                                host: "*.mail.example"
                                namespace: shop
                                ---
                                kind: Isolation/v1
                                namespace: shop
                                """, "all.yaml"), istio().world())
                .model();
        List<Manifest> manifests = istio().write(model).manifests();

        assertThat(manifests).extracting(Manifest::kind).contains("Sidecar", "NetworkPolicy", "ServiceEntry");
        assertThat(ManifestYaml.writeWithLines(manifests, model).split("---\n", -1))
                .hasSize(manifests.size())
                .allSatisfy(text -> assertThat(text).startsWith("# all.yaml:"));
    }

    @Test
    void foreignObjectsAreReadWithWhatServersAdd() {
        List<Manifest> read = ManifestYaml.readAny("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Namespace
                  metadata: {name: shop, uid: "7", labels: {istio-injection: enabled}, annotations: {empty: ""}}
                  status: {phase: Active}
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: a, namespace: shop}
                  data: {a: b}
                """, "");

        assertThat(read)
                .containsExactly(
                        new Manifest(
                                "v1",
                                "Namespace",
                                "",
                                "shop",
                                Map.of("istio-injection", "enabled"),
                                Map.of("empty", ""),
                                Map.of()),
                        new Manifest(
                                "v1", "ConfigMap", "shop", "a", Map.of(), Map.of(), Map.of("data", Map.of("a", "b"))));
    }
}
