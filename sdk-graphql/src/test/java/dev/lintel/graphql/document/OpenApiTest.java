package dev.lintel.graphql.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    private static final String FINE = "{\"openapi\": \"3.0.0\", \"paths\": {}}";

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), "openapi: 3.1.0\npaths: {}\n");

        OpenApi document = OpenApi.of(file);

        assertThat(document).hasToString("OpenApi[shop.yaml]");
        assertThat(document.root().path("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void aFileThatIsMissingIsAProblem(@TempDir Path folder) {
        assertThatThrownBy(() -> OpenApi.of(folder.resolve("none.yaml")))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        'none.yaml' has 1 problem
                          (1) graphql.file none.yaml: cannot be read
                              give a file that exists and may be read""");
    }

    @Test
    void brokenJsonIsLocated() {
        refused("{\"openapi\": \"3.0.0\",\n \"paths\": {,}}", """
                'text' has 1 problem
                  (1) graphql.syntax text: cannot be read as JSON: Unexpected character (',' (code 44)): was expecting double-quote \
                to start field name
                      correct the text
                      at text:2""");
    }

    @Test
    void brokenYamlIsLocated() {
        refused("openapi: 3.0.0\npaths:\n  - a: 1\n b: 2\n", """
                'text' has 1 problem
                  (1) graphql.syntax text: cannot be read as YAML: expected <block end>, but found '<block mapping start>'
                      correct the text
                      at text:4""");
    }

    @Test
    void textAfterTheEndIsAProblem() {
        refused(FINE + "{}", """
                'text' has 1 problem
                  (1) graphql.syntax text: text follows the end of the document
                      correct the text
                      at text:1""");
    }

    @Test
    void nothingIsAProblem() {
        refused("", """
                'text' has 1 problem
                  (1) graphql.syntax text: the text is empty
                      correct the text
                      at text:1""");
    }

    @Test
    void anotherVersionIsAProblem() {
        refused("openapi: 4.0.0", """
                'text' has 1 problem
                  (1) graphql.version text: is neither OpenAPI 3.0, nor 3.1, nor Swagger 2
                      it must begin with 'openapi: 3.0.x', 'openapi: 3.1.x' or 'swagger: "2.0"'""");
    }

    @Test
    void aDocumentThatIsTooLongIsAProblem() {
        refusedWithin(Limits.DEFAULT.bytes(10), FINE, "graphql.limit text: is longer than 10 bytes");
    }

    @Test
    void aDocumentThatIsTooDeepIsAProblem() {
        String deep = "{\"openapi\": \"3.0.0\", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        refusedWithin(Limits.DEFAULT, deep, "graphql.limit text: nests deeper than 200 levels");
        refusedWithin(
                Limits.DEFAULT,
                "openapi: 3.0.0\nx: " + "[".repeat(100_000),
                "graphql.limit text: nests deeper than 200 levels");
        refusedWithin(Limits.DEFAULT, "openapi: 3.0.0\nx: [", "graphql.syntax text:");
    }

    @Test
    void aliasesThatMultiplyAreAProblem() {
        StringBuilder bomb = new StringBuilder("openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1) + ", ";
            bomb.append("a" + i + ": &a" + i + " [" + before.repeat(9) + "*a" + (i - 1) + "]\n");
        }
        refusedWithin(
                Limits.DEFAULT.values(100_000), bomb.toString(), "graphql.limit text: holds more than 100000 values");
    }

    @Test
    void anAliasOfItselfIsAProblem() {
        refusedWithin(
                Limits.DEFAULT, "openapi: 3.0.0\na: &a [*a]\n", "graphql.limit text: nests deeper than 200 levels");
    }

    @Test
    void yamlIsReadAsJsonHasIt() {
        OpenApi document = OpenApi.of(
                "text", "openapi: 3.0.0\nbase: &b {1: yes, no: 010}\nmore:\n  <<: *b\n  at: 2026-11-28\n  n: 1.10\n");

        assertThat(document.root())
                .hasToString("{\"openapi\":\"3.0.0\",\"base\":{\"1\":\"yes\",\"no\":\"010\"},"
                        + "\"more\":{\"1\":\"yes\",\"no\":\"010\",\"at\":\"2026-11-28\",\"n\":1.10}}");
    }

    @Test
    void aDocumentIsGivenOnce() {
        OpenApi document = OpenApi.of("text", FINE).with("common.yaml", "a: 1");

        assertThat(document.others()).containsOnlyKeys("common.yaml");
        assertThatThrownBy(() -> document.with("common.yaml", "a: 1")).hasMessage("""
                        'common.yaml' has 1 problem
                          (1) graphql.twice common.yaml: was given twice
                              give each document once""");
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> Limits.DEFAULT.depth(0))
                .hasMessage("limits must be positive, but are 67108864 bytes, 0 levels, 10000000 values");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> OpenApi.of("text", text))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(message);
    }

    private static void refusedWithin(Limits limits, String text, String message) {
        assertThatThrownBy(() -> OpenApi.of("text", text, limits))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(message);
    }
}
