package dev.lintel.auth.opa.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final String POLICY = "# for orders\npackage envoy.authz # here\n\nallow := true\n";

    @TempDir
    Path folder;

    @Test
    void theSameFilesGiveTheSameBytes() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("a/policy.rego", POLICY);
        one.put("facts/data.json", "{\"b\": [1.0, true], \"a\": \"<é>\"}");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("facts/data.json", " {\"a\":\"<\\u00e9>\",\n\"b\":[1.0,true]}\n");
        other.put("a/policy.rego", POLICY);

        assertThat(Bundle.of("orders", one)).isEqualTo(Bundle.of("orders", other));
        assertThat(Bundle.of("orders", one).bytes())
                .isEqualTo(Bundle.of("orders", other).bytes());
        assertThat(Bundle.of("orders", one).roots()).containsExactly("envoy/authz", "facts");
        assertThat(Bundle.of("orders", one).files())
                .containsEntry("facts/data.json", "{\"a\":\"<é>\",\"b\":[1.0,true]}");
    }

    @Test
    void otherFilesAndRootsAreAnotherRevision() {
        Bundle one = Bundle.of("orders", Map.of("policy.rego", POLICY));

        assertThat(one.revision()).hasSize(64);
        assertThat(one.roots("envoy").revision()).isNotEqualTo(one.revision());
        assertThat(Bundle.of("orders", Map.of("other.rego", POLICY)).revision()).isNotEqualTo(one.revision());
        assertThat(Bundle.of("orders", Map.of("policy.rego", POLICY + " ")).revision())
                .isNotEqualTo(one.revision());
    }

    @Test
    void aFolderIsReadWithoutTestsAndLinks() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("in/a"));
        Files.writeString(inside.resolve("policy.rego"), POLICY);
        Files.writeString(inside.resolve("policy_test.rego"), POLICY);
        Files.writeString(inside.resolve("README.md"), "read me");
        Files.writeString(inside.resolve("data.json"), "{}");
        Path outside = Files.writeString(folder.resolve("outside.rego"), POLICY);
        Files.createSymbolicLink(inside.resolve("link.rego"), outside);
        Files.createSymbolicLink(inside.resolve("up"), folder);

        assertThat(Bundle.of("orders", folder.resolve("in")).files()).containsOnlyKeys("a/policy.rego", "a/data.json");
        assertThat(Bundle.of("orders", outside).files()).containsOnlyKeys("outside.rego");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.rego",
                "/a.rego",
                "a/../b.rego",
                "a//b.rego",
                "./a.rego",
                ".manifest",
                ".signatures.json",
                "a\\b.rego",
                "a b.rego",
                "caf\u00e9.rego",
                "a\n.rego",
                ""
            })
    void pathsThatLeadElsewhereAreRefused(String path) {
        refused(
                Map.of(path, POLICY),
                "a path in a bundle must be names of letters, digits, '.', '_' and '-' joined by '/', none beginning with"
                        + " '.', 100 characters at most, but was '" + path + "'");
    }

    @Test
    void badBundlesAreRefused() {
        refused(Map.of(), "a bundle must have 1 to 1000 files, but 'orders' has 0");
        refused(
                Map.of("data.yaml", "a: 1"),
                "a bundle must have only .rego files and data.json, but has 'data.yaml': write data as data.json");
        refused(
                Map.of("data.json", "{}"),
                "'data.json' must be in a folder, whose name is where its data will be: at the top it would own everything");
        refused(
                Map.of("a.rego", "allow := true"),
                "'a.rego' must begin with a package of plain names, as in 'package envoy.authz'");
        for (String text : List.of("{\"canary\":", "{\"a\":1,\"a\":2}", "{'a':1}")) {
            refused(Map.of("a/data.json", text), "'a/data.json' must be JSON without names that are said twice");
        }
        refused(Map.of("a/data.json", "[]"), "'a/data.json' must be a JSON object");
        refused(Map.of("a/data.json", "{}{}"), "'a/data.json' must be one JSON object and nothing behind it");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 1000; i++) {
            many.put(i + ".rego", POLICY);
        }
        refused(many, "a bundle must have 1 to 1000 files, but 'orders' has 1001");
        assertThatThrownBy(() -> Bundle.of("Orders", Map.of("a.rego", POLICY)))
                .hasMessage(
                        "a bundle's name must be 1 to 63 lower-case letters, digits, '.', '_' and '-', but was 'Orders'");
        assertThatThrownBy(() -> Bundle.of("orders", Map.of("a.rego", POLICY)).roots("other"))
                .hasMessage("'envoy/authz' must be at or below one of the roots of 'orders', which are [other]");
        assertThatThrownBy(() -> Bundle.of("orders", Map.of("a.rego", POLICY)).roots("envoy", "envoy/authz"))
                .hasMessage("a root must be names joined by '/', none below another one, but was 'envoy'");
    }

    private static void refused(Map<String, String> files, String message) {
        assertThatThrownBy(() -> Bundle.of("orders", files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
