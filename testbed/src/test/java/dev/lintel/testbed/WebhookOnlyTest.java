package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import dev.lintel.mesh.lint.LintCode;
import dev.lintel.mesh.lint.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Objects that the definitions of their kinds take and istiod's webhook alone refuses are refused by the linter before,
 * with the same reason. Each file says by which code, in which words of ours, and in which of the webhook's.
 */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class WebhookOnlyTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "webhook");
    private static final Path LINT = Path.of("..", "sdk-mesh", "src", "test", "golden", "lint");
    private static final String DENIED = "admission webhook \"validation.istio.io\" denied the request";

    private final ApiClient api;
    private final Namespace namespace;
    private final ObjectMapper json = new ObjectMapper();

    WebhookOnlyTest(ApiClient api, Namespace namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    @TestFactory
    Stream<DynamicTest> whatTheWebhookAloneRefusesIsRefusedBeforeWithTheSameReason() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(FOLDER)) {
            for (Path file : all.toList()) {
                files.put(String.valueOf(file.getFileName()).replace(".yaml", ""), Files.readString(file));
            }
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> refusedBefore(each.getValue())));
    }

    private void refusedBefore(String text) throws IOException {
        Manifest object = ManifestYaml.readAny(text, namespace.name()).get(0);

        Answer byDefinition = dryRun(object, Map.of(Cluster.UNHOOKED, "true"));
        Answer byWebhook = dryRun(object, Map.of());
        List<Finding> ours = Lint.yaml(text, namespace.name());

        assertThat(byDefinition.status())
                .as("the definition alone: %s", byDefinition.body())
                .isEqualTo(201);
        assertThat(byWebhook.status()).isEqualTo(400);
        assertThat(json.readTree(byWebhook.body()).path("message").asText())
                .contains(DENIED)
                .contains(said(text, "webhook"));
        assertThat(ours)
                .filteredOn(finding -> finding.code().equals(said(text, "code")))
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains(said(text, "ours"));
                });
    }

    /** The other way round: what nearly has one of these codes, and has it not, is taken. */
    @Test
    void whatTheLinterTakesForNearlyThatTheWebhookTakes() throws IOException {
        List<String> codes = Arrays.stream(LintCode.values())
                .filter(LintCode::isRefused)
                .map(LintCode::code)
                .toList();
        int taken = 0;
        try (Stream<Path> files = Files.list(LINT)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".in.yaml")).toList()) {
                String text = Files.readString(file);
                String head = text.lines().findFirst().orElse("");
                if (!head.startsWith("# nearly has ") || !codes.contains(head.substring("# nearly has ".length()))) {
                    continue;
                }
                for (Manifest each : ManifestYaml.readAny(text, namespace.name())) {
                    if (each.apiVersion().contains("istio.io/")) {
                        Answer answer = dryRun(each, Map.of());
                        assertThat(answer.body()).as("%s: %s", file, each.id()).doesNotContain(DENIED);
                        taken += answer.status() == 201 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(taken).isGreaterThan(30);
    }

    private Answer dryRun(Manifest object, Map<String, String> labels) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", object.apiVersion());
        document.put("kind", object.kind());
        document.put("metadata", Map.of("name", object.name(), "namespace", namespace.name(), "labels", labels));
        document.put("spec", object.spec());
        String plural = object.kind().toLowerCase(Locale.ROOT) + "s";
        return api.send(
                "POST",
                "/apis/" + object.apiVersion() + "/namespaces/" + namespace + "/"
                        + plural.replaceAll("([cr])ys$", "$1ies")
                        + "?dryRun=All&fieldValidation=Strict",
                "application/json",
                json.writeValueAsString(document));
    }

    private static String said(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith("# " + key + ": "))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 4);
    }
}
