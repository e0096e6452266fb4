package dev.lintel.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is found in the objects of {@code golden/lint}: for each code some that have it, and some that nearly do. */
class LintTest {
    private static final Golden GOLDEN = Golden.in("lint", ".lint.txt");
    private static final String HAS = "# has ";
    private static final String NEARLY = "# nearly has ";

    /** What can be told of an object alone. */
    private static final String[] BY_THEMSELVES = Stream.of(
                    LintCode.MISSPELLED_FIELD,
                    LintCode.UNKNOWN_FIELD,
                    LintCode.CERTIFICATE_MISSING,
                    LintCode.TLS_AGAINST_STRICT,
                    LintCode.BACKEND_WITHOUT_PORT,
                    LintCode.HEADER_CASE,
                    LintCode.WRONG_TYPE,
                    LintCode.UNKNOWN_VALUE,
                    LintCode.OUT_OF_RANGE,
                    LintCode.NO_DURATION,
                    LintCode.METHOD_CASE,
                    LintCode.PORT_PROTOCOL,
                    LintCode.UNKNOWN_KIND,
                    LintCode.UNKNOWN_VERSION,
                    LintCode.BAD_NAME,
                    LintCode.BAD_LABEL,
                    LintCode.FIELDS_EXCLUDE,
                    LintCode.FIELD_NEEDED,
                    LintCode.SAID_TWICE,
                    LintCode.MALFORMED,
                    LintCode.CUSTOM_CONDITION)
            .map(LintCode::code)
            .toArray(String[]::new);

    @TestFactory
    Stream<DynamicTest> objectsHaveFindings() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        GOLDEN.inputs(".in.yaml")
                .forEach((name, text) ->
                        cases.put(name.substring(0, name.length() - ".in.yaml".length()), () -> render(text)));
        return GOLDEN.tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> everyCodeIsFoundAndNotFoundInWhatIsNearlyTheSame() {
        SortedMap<String, String> inputs = GOLDEN.inputs(".in.yaml");
        return Arrays.stream(LintCode.values())
                .map(code -> DynamicTest.dynamicTest(code.code(), () -> {
                    assertThat(texts(inputs, HAS + code.code()))
                            .as("files that begin with '%s%s'", HAS, code.code())
                            .isNotEmpty()
                            .allSatisfy(text -> assertThat(codes(text)).contains(code.code()));
                    assertThat(texts(inputs, NEARLY + code.code()))
                            .as("files that begin with '%s%s'", NEARLY, code.code())
                            .isNotEmpty()
                            .allSatisfy(text -> assertThat(codes(text)).doesNotContain(code.code()));
                }));
    }

    @Test
    void everyFileSaysWhatItIsAbout() {
        List<String> heads = Arrays.stream(LintCode.values())
                .flatMap(code -> Stream.of(HAS + code.code(), NEARLY + code.code()))
                .toList();

        assertThat(GOLDEN.inputs(".in.yaml").values())
                .allSatisfy(text -> assertThat(text.lines().findFirst()).hasValueSatisfying(heads::contains));
    }

    /** Who gives an object alone is told nothing about others that may be elsewhere. */
    @Test
    void whatIsNotGivenIsNotMissed() {
        for (String text : GOLDEN.inputs(".in.yaml").values()) {
            for (Manifest manifest : LintText.of(text, "").manifests()) {
                assertThat(Lint.of(List.of(manifest)).stream().map(Finding::code))
                        .as(manifest.id())
                        .doesNotContain(
                                LintCode.UNKNOWN_HOST.code(),
                                LintCode.UNKNOWN_GATEWAY.code(),
                                LintCode.UNKNOWN_SUBSET.code(),
                                LintCode.UNKNOWN_BACKEND.code(),
                                LintCode.UNKNOWN_PARENT.code(),
                                LintCode.EMPTY_SUBSET.code(),
                                LintCode.RULE_HOST_UNKNOWN.code(),
                                LintCode.SELECTS_NOTHING.code(),
                                LintCode.UNKNOWN_ACCOUNT.code(),
                                LintCode.UNCOVERED_WORKLOAD.code());
            }
        }
    }

    @Test
    void theOrderOfWhatIsGivenDoesNotMatter() {
        List<Manifest> all = new ArrayList<>();
        GOLDEN.inputs(".in.yaml")
                .values()
                .forEach(text -> all.addAll(LintText.of(text, "").manifests()));
        // Of two objects of one name the first counts, so that only the first of each is kept here.
        Map<String, Manifest> once = new TreeMap<>();
        all.forEach(each -> once.putIfAbsent(each.apiVersion() + each.id(), each));
        List<Manifest> there = new ArrayList<>(once.values());
        List<Manifest> back = new ArrayList<>(there);
        Collections.reverse(back);

        assertThat(Lint.of(back)).isEqualTo(Lint.of(there)).hasSizeGreaterThan(20);
    }

    /** What is of another type is told as that, and taken for nothing by the rules about what objects mean. */
    @Test
    void whatIsBuiltWronglyIsToldOnce() {
        String odd = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: odd, namespace: shop}
                spec: {http: {route: 7}, hosts: text, gateways: [[1]], tls: [1, {route: [[]]}]}
                """;

        assertThat(Lint.of(ManifestYaml.readAny(odd, "")))
                .extracting(finding -> finding.code() + " " + finding.field())
                .containsExactly(
                        "lint.wrong-type spec.gateways[0]",
                        "lint.wrong-type spec.hosts",
                        "lint.wrong-type spec.http",
                        "lint.wrong-type spec.tls[0]",
                        "lint.wrong-type spec.tls[1].route[0]");
    }

    /** The lines of a text that are named are those where the fields stand, also in lists of objects and after comments. */
    @Test
    void findingsTellTheLine() {
        String text = """
                # two objects
                apiVersion: v1
                kind: List
                items:
                - apiVersion: networking.istio.io/v1
                  kind: VirtualService
                  metadata: {name: a, namespace: shop}
                  spec:
                    hosts: [a]
                    http:
                    - route:
                      - destination: {host: a}
                      timout: 3s
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: b, namespace: shop}
                spec:
                  action: DENY
                """;

        assertThat(Lint.yaml(text, ""))
                .extracting(finding -> finding.line() + " " + finding.code() + " " + finding.field())
                .containsExactly("18 lint.empty-rules spec.rules", "13 lint.misspelled-field spec.http[0].timout");
        assertThat(Lint.of(ManifestYaml.readAny(text, "")))
                .extracting(Finding::line)
                .containsOnly(0);
    }

    /** A name of hundreds of letters is told short, and no suggestion is looked for. */
    @Test
    void aFieldWithALongNameIsToldShort() {
        String text =
                "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: b, namespace: shop}\n"
                        + "spec: {" + "path".repeat(200) + ": 1}\n";

        assertThat(Lint.yaml(text, "")).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(LintCode.UNKNOWN_FIELD.code());
            assertThat(finding.render()).hasSizeLessThan(500);
        });
    }

    @Test
    void ofManyUnknownFieldsOfAnObjectFiftyAreTold() {
        StringBuilder text = new StringBuilder("""
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: b, namespace: shop}
                spec:
                """);
        for (int i = 0; i < 1000; i++) {
            text.append("  unknown").append(i).append(": 1\n");
        }

        assertThat(Lint.yaml(text.toString(), "")).hasSize(50);
    }

    @Test
    void ofManyWrongValuesAndLabelsOfAnObjectFiftyAreTold() {
        StringBuilder text = new StringBuilder("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata:
                  name: b
                  namespace: shop
                  labels:
                """);
        for (int i = 0; i < 1000; i++) {
            text.append("    label").append(i).append(": not a value\n");
        }
        text.append("spec:\n  hosts:\n");
        for (int i = 0; i < 1000; i++) {
            text.append("  - ").append(i).append("\n");
        }
        text.append("  http:\n  - directResponse: {status: 204}\n");

        assertThat(Lint.yaml(text.toString(), ""))
                .extracting(Finding::code)
                .hasSize(100)
                .containsOnly(LintCode.BAD_LABEL.code(), LintCode.WRONG_TYPE.code());
    }

    @TestFactory
    Stream<DynamicTest> whatWeWriteHasKnownFieldsInEveryDialect() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : List.of("istio", "istio-access", "istio-traffic", "gateway-api", "kyma")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "golden", folder))) {
                files.filter(file -> file.toString().endsWith(".yaml")
                                && !file.toString().endsWith(".in.yaml"))
                        .sorted()
                        .forEach(file -> tests.add(DynamicTest.dynamicTest(
                                folder + ": " + file.getFileName(),
                                () -> assertThat(Lint.yaml(Files.readString(file), ""))
                                        .extracting(Finding::code)
                                        .doesNotContain(BY_THEMSELVES))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests.stream();
    }

    /** Objects of others, which a mesh takes. */
    @TestFactory
    Stream<DynamicTest> whatIsReadFromOthersHasKnownFields() {
        Map<String, String> texts =
                new TreeMap<>(Golden.in("import", ".import.txt").inputs(".in.yaml"));
        texts.values().removeIf(text -> !text.contains("apiVersion:"));
        // Those that are about being built wrongly, and one that a mesh refuses.
        texts.remove("fields of wrong types.in.yaml");
        texts.remove("a name that is no text is refused.in.yaml");
        texts.remove("a misspelled action is read as a denial.in.yaml");
        texts.remove("fields that are not read.in.yaml");
        assertThat(texts).hasSizeGreaterThan(40);
        return texts.entrySet().stream()
                .map(text -> DynamicTest.dynamicTest(
                        text.getKey(),
                        () -> assertThat(Lint.yaml(text.getValue(), ""))
                                .filteredOn(finding -> List.of(BY_THEMSELVES).contains(finding.code()))
                                .extracting(Finding::render)
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> whatWeWriteIsClean() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : List.of("istio", "istio-traffic")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "golden", folder))) {
                files.filter(file -> file.toString().endsWith(".istio.yaml"))
                        .sorted()
                        .forEach(file -> tests.add(DynamicTest.dynamicTest(
                                String.valueOf(file.getFileName()),
                                () -> assertThat(own(file)).isEmpty())));
            }
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests.stream();
    }

    private static List<String> own(Path file) throws IOException {
        String golden = String.valueOf(file.getFileName());
        return Lint.of(ManifestYaml.read(Files.readString(file))).stream()
                .filter(finding -> !OwnFindings.explained(finding, golden))
                .map(Finding::render)
                .toList();
    }

    private static String render(String text) {
        return Lint.yaml(text, "").stream()
                .map(finding -> finding.render() + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> texts(SortedMap<String, String> inputs, String head) {
        return inputs.values().stream()
                .filter(text -> text.lines().findFirst().orElse("").equals(head))
                .toList();
    }

    private static List<String> codes(String text) {
        return Lint.yaml(text, "").stream().map(Finding::code).toList();
    }
}
